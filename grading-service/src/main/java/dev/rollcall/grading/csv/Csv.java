package dev.rollcall.grading.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes comma-separated values (RFC 4180). Also reads LF line ends and a byte order mark. */
public final class Csv {
    private Csv() {}

    /** Returns one record as text, including its line end. */
    public static String line(List<String> cells) {
        var line = cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
        // unquoted, a record of one empty cell would be an empty line
        return (line.isEmpty() ? "\"\"" : line) + "\r\n";
    }

    private static String quoted(String cell) {
        var isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /**
     * Parses a text. Empty lines are skipped.
     *
     * @throws CsvException if quotes are misplaced
     */
    public static List<Row> read(String text) throws CsvException {
        return new Reader(text.startsWith("\ufeff") ? text.substring(1) : text).all();
    }

    /**
     * One record.
     *
     * @param line the line on which it begins, from 1
     */
    public record Row(int line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /** Returns a cell; empty beyond the last one. */
        public String cell(int index) {
            return index < cells.size() ? cells.get(index) : "";
        }
    }

    private static final class Reader {
        private final String text;
        private int at;
        private int line = 1;

        Reader(String text) {
            this.text = text;
        }

        List<Row> all() throws CsvException {
            var records = new ArrayList<Row>();
            while (at < text.length()) {
                var first = line;
                var from = at;
                var cells = record();
                if (at - from > 2 || cells.size() > 1 || !cells.get(0).isEmpty()) {
                    records.add(new Row(first, cells));
                }
            }
            return records;
        }

        private List<String> record() throws CsvException {
            var cells = new ArrayList<String>();
            cells.add(cell());
            while (at < text.length() && text.charAt(at) == ',') {
                at++;
                cells.add(cell());
            }
            if (at < text.length() && text.charAt(at) == '\r') {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            line++;
            return cells;
        }

        private String cell() throws CsvException {
            if (at < text.length() && text.charAt(at) == '"') {
                return quotedCell();
            }
            var from = at;
            while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                if (text.charAt(at) == '"') {
                    throw new CsvException(line, "a quote within a cell that doesn't begin with one");
                }
                at++;
            }
            return text.substring(from, at);
        }

        private String quotedCell() throws CsvException {
            var first = line;
            var cell = new StringBuilder();
            for (at++; at < text.length(); at++) {
                var c = text.charAt(at);
                if (c != '"') {
                    cell.append(c);
                    line += isLineEnd(c) ? 1 : 0;
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    at++;
                    if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                        throw new CsvException(line, "text after a cell's closing quote");
                    }
                    return cell.toString();
                }
            }
            throw new CsvException(first, "a quote that is never closed");
        }

        private boolean isLineEnd(char c) {
            return c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
        }
    }
}

package dev.rollcall.log.query;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Formats a record for people: one line, with the stack trace indented below it.
 *
 * <p>Control characters (C0 and C1), line separators and invisible characters, such as those that change the writing
 * direction (Unicode, UAX 9), are escaped. So no record can look like two, or move the cursor of a terminal.
 */
final class HumanText {
    private static final String INDENT = "    ";
    /** Format characters that are needed in words and emoji. */
    private static final String JOINERS = "\u200c\u200d";

    private static final int LEVEL_WIDTH = 5;

    private HumanText() {}

    /** Formats a stored line, given without its line end; the result has one. */
    static String of(byte[] bytes, int from, int to) {
        var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        try {
            return of(Json.read(line, LogRecord.class));
        } catch (MalformedJsonException e) {
            return visible(line) + "\n";
        }
    }

    /** Formats a record; the result ends with a line end. */
    static String of(LogRecord record) {
        var text = new StringBuilder()
                .append(record.time())
                .append(' ')
                .append(padded(visible(record.level())))
                .append(' ')
                .append(visible(record.service().isEmpty() ? "-" : record.service()))
                .append(' ')
                .append(visible(record.message()));
        new TreeMap<>(record.keys())
                .forEach((key, value) ->
                        text.append(' ').append(visible(key)).append('=').append(visible(value)));
        text.append('\n');
        record.error()
                .lines()
                .forEach(line -> text.append(INDENT)
                        .append(visible(line.replace("\t", INDENT)))
                        .append('\n'));
        return text.toString();
    }

    /** Returns the text with invisible characters escaped. */
    static String visible(String text) {
        if (text.codePoints().noneMatch(HumanText::isHidden)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                shown.append(escaped(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> JOINERS.indexOf(c) < 0;
            default -> false;
        };
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                c < 0x10000 ? String.format(Locale.ROOT, "\\u%04x", c) : String.format(Locale.ROOT, "\\u{%x}", c);
        };
    }

    private static String padded(String level) {
        return level.length() >= LEVEL_WIDTH ? level : level + " ".repeat(LEVEL_WIDTH - level.length());
    }
}

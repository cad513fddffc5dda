package dev.rollcall.log.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The formats of records. All but the text for people put the record's id first. */
enum LogFormat {
    /** For people; see {@link HumanText}. */
    TEXT("text/plain; charset=utf-8") {
        @Override
        void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException {
            line.writeText(out);
        }

        @Override
        String skipped(SkippedRecords skipped) {
            return "-- " + skipped.text() + " --\n";
        }

        @Override
        String unreadable(UnreadableRecords lines) {
            return "-- " + lines.text() + " --\n";
        }
    },
    /** One JSON object a line. */
    NDJSON("application/x-ndjson") {
        @Override
        void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException {
            line.writeObject(out);
            out.write('\n');
        }

        @Override
        String skipped(SkippedRecords skipped) {
            return skipped.json() + "\n";
        }

        @Override
        String unreadable(UnreadableRecords lines) {
            return lines.json() + "\n";
        }
    },
    /** One JSON array. */
    JSON("application/json") {
        @Override
        void writeStart(OutputStream out) throws IOException {
            out.write('[');
        }

        @Override
        void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException {
            separate(isFirst, out);
            line.writeObject(out);
        }

        @Override
        void write(UnreadableRecords lines, boolean isFirst, OutputStream out) throws IOException {
            separate(isFirst, out);
            super.write(lines, isFirst, out);
        }

        private static void separate(boolean isFirst, OutputStream out) throws IOException {
            if (!isFirst) {
                out.write(',');
            }
        }

        @Override
        void end(OutputStream out) throws IOException {
            out.write(']');
        }

        @Override
        String skipped(SkippedRecords skipped) {
            throw new IllegalStateException("a JSON array ends, so it has no followers");
        }

        @Override
        String unreadable(UnreadableRecords lines) {
            return lines.json();
        }
    },
    /** Server-sent events; the record's id is the event's. */
    EVENTS("text/event-stream") {
        @Override
        void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException {
            if (!line.isRecord()) {
                write(line.unreadable(), isFirst, out);
                return;
            }
            out.write(("id: " + line.id() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
            line.writeObject(out);
            out.write('\n');
            out.write('\n');
        }

        @Override
        String skipped(SkippedRecords skipped) {
            return "event: missed\ndata: " + skipped.json() + "\n\n";
        }

        @Override
        String unreadable(UnreadableRecords lines) {
            return "event: unreadable\ndata: " + lines.json() + "\n\n";
        }
    };

    private final String contentType;

    LogFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Returns the media type with its charset, if it is text. */
    String contentType() {
        return contentType;
    }

    /** Returns the media type without parameters. */
    String mediaType() {
        var end = contentType.indexOf(';');
        return end < 0 ? contentType : contentType.substring(0, end);
    }

    void writeStart(OutputStream out) throws IOException {
        // most formats have nothing before the first record
    }

    abstract void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException;

    /** Writes a notice that records at this place can't be read. */
    void write(UnreadableRecords lines, boolean isFirst, OutputStream out) throws IOException {
        out.write(unreadable(lines).getBytes(StandardCharsets.UTF_8));
    }

    void end(OutputStream out) throws IOException {
        // most formats have nothing after the last record
    }

    /** Returns the notice for a follower that records were skipped. */
    abstract String skipped(SkippedRecords skipped);

    abstract String unreadable(UnreadableRecords lines);
}

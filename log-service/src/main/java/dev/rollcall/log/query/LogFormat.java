package dev.rollcall.log.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A way to serve records. In all but the text for people, each gets its id as the first field. */
enum LogFormat {
    /** For people; see {@link HumanText}. */
    TEXT("text/plain; charset=utf-8") {
        @Override
        void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException {
            line.writeText(out);
        }

        @Override
        String skipped(SkippedRecords skippedRecords) {
            return "-- " + skippedRecords.text() + " --\n";
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
        String skipped(SkippedRecords skippedRecords) {
            return skippedRecords.json() + "\n";
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
        String skipped(SkippedRecords skippedRecords) {
            throw new IllegalStateException("an array has an end, so nobody follows it");
        }

        @Override
        String unreadable(UnreadableRecords lines) {
            return lines.json();
        }
    },
    /** Server-sent events; the id is the event's. */
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
        String skipped(SkippedRecords skippedRecords) {
            return "event: missed\ndata: " + skippedRecords.json() + "\n\n";
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

    /** The media type, with its charset if it is text. */
    String contentType() {
        return contentType;
    }

    /** The media type alone. */
    String mediaType() {
        var end = contentType.indexOf(';');
        return end < 0 ? contentType : contentType.substring(0, end);
    }

    void writeStart(OutputStream out) throws IOException {
        // most formats have nothing before the first record
    }

    abstract void write(ServedLine line, boolean isFirst, OutputStream out) throws IOException;

    /** Tells that at this place there are records that can't be read. */
    void write(UnreadableRecords lines, boolean isFirst, OutputStream out) throws IOException {
        out.write(unreadable(lines).getBytes(StandardCharsets.UTF_8));
    }

    void end(OutputStream out) throws IOException {
        // most formats have nothing behind the last record
    }

    /** Tells one who follows of what he is not told. */
    abstract String skipped(SkippedRecords skippedRecords);

    abstract String unreadable(UnreadableRecords lines);
}

package dev.rollcall.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A way to serve records. Takes them as they are stored: one JSON object, without the line's end. */
enum LogFormat {
    /** For people; see {@link HumanText}. */
    TEXT("text/plain; charset=utf-8") {
        @Override
        void write(byte[] line, boolean isFirst, OutputStream out) throws IOException {
            out.write(HumanText.of(line).getBytes(StandardCharsets.UTF_8));
        }
    },
    /** One JSON object a line. */
    NDJSON("application/x-ndjson") {
        @Override
        void write(byte[] line, boolean isFirst, OutputStream out) throws IOException {
            out.write(line);
            out.write('\n');
        }
    },
    /** One JSON array. */
    JSON("application/json") {
        @Override
        void begin(OutputStream out) throws IOException {
            out.write('[');
        }

        @Override
        void write(byte[] line, boolean isFirst, OutputStream out) throws IOException {
            if (!isFirst) {
                out.write(',');
            }
            out.write(line);
        }

        @Override
        void end(OutputStream out) throws IOException {
            out.write(']');
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

    void begin(OutputStream out) throws IOException {
        // most formats have nothing before the first record
    }

    abstract void write(byte[] line, boolean isFirst, OutputStream out) throws IOException;

    void end(OutputStream out) throws IOException {
        // most formats have nothing behind the last record
    }
}

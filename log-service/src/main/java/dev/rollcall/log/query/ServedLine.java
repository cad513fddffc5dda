package dev.rollcall.log.query;

import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A stored line that is being served. Mutable, for one line after the other; not thread-safe. */
final class ServedLine {
    private final LineNormalizer probe = new LineNormalizer();
    private long segment;
    private long offset;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    /** Replaces the line, given without its line end; returns this. */
    ServedLine set(long newSegment, long newOffset, byte[] newBytes, int newFrom, int newTo) {
        segment = newSegment;
        offset = newOffset;
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        return this;
    }

    String id() {
        return segment + "-" + offset;
    }

    /** Returns whether the line is a record: the file may have been changed from outside, or be corrupt. */
    boolean isRecord() {
        return probe.read(bytes, from, to);
    }

    /** Returns the notice to serve in place of a line that is not a record. */
    UnreadableRecords unreadable() {
        return new UnreadableRecords(1, id(), new Position(segment, offset + to - from + 1).toString());
    }

    /** Writes the line for people. */
    void writeText(OutputStream out) throws IOException {
        out.write(HumanText.of(bytes, from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the line as stored, with its id first. */
    void writeObject(OutputStream out) throws IOException {
        if (isRecord()) {
            out.write(("{\"id\":\"" + id() + "\",").getBytes(StandardCharsets.US_ASCII));
            out.write(probe.bytes(), probe.start() + 1, probe.end() - probe.start() - 1);
        } else {
            out.write(unreadable().json().getBytes(StandardCharsets.UTF_8));
        }
    }
}

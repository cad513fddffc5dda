package dev.rollcall.log.query;

import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.store.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A stored line that is being served. Holds one at a time; not thread-safe. */
final class ServedLine {
    private final LineNormalizer probe = new LineNormalizer();
    private long segment;
    private long offset;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    /** From now on it is that line, whose end is excluded. */
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

    /** Whether it is a record still: somebody may have written into the file, or the disk. */
    boolean isRecord() {
        return probe.read(bytes, from, to);
    }

    /** What is told in its place if it is none. */
    UnreadableRecords unreadable() {
        return new UnreadableRecords(1, id(), new Position(segment, offset + to - from + 1).toString());
    }

    /** Writes it for people. */
    void writeText(OutputStream out) throws IOException {
        out.write(HumanText.of(bytes, from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes it as it is stored, with its id in front. */
    void writeObject(OutputStream out) throws IOException {
        if (isRecord()) {
            out.write(("{\"id\":\"" + id() + "\",").getBytes(StandardCharsets.US_ASCII));
            out.write(probe.bytes(), probe.start() + 1, probe.end() - probe.start() - 1);
        } else {
            out.write(unreadable().json().getBytes(StandardCharsets.UTF_8));
        }
    }
}

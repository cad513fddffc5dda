package dev.rollcall.log.ask;

import dev.rollcall.log.line.AnyLine;
import dev.rollcall.wire.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A stored line that is being served. Holds one at a time; not thread-safe. */
final class ServedLine {
    private final AnyLine probe = new AnyLine();
    private long segment;
    private long offset;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    /** From now on it is that line, whose end is excluded. */
    ServedLine is(long newSegment, long newOffset, byte[] newBytes, int newFrom, int newTo) {
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

    /** Writes it for people. */
    void writeText(OutputStream out) throws IOException {
        out.write(HumanText.of(bytes, from, to).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes it as it is stored, with its id in front. */
    void writeObject(OutputStream out) throws IOException {
        out.write(("{\"id\":\"" + id() + "\",").getBytes(StandardCharsets.US_ASCII));
        if (probe.read(bytes, from, to)) {
            out.write(probe.bytes(), probe.start() + 1, probe.end() - probe.start() - 1);
        } else {
            // somebody wrote into the file
            var text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            var record = AnyLine.compact(LogRecord.plain(Instant.EPOCH, "", text));
            out.write(record, 1, record.length - 1);
        }
    }
}

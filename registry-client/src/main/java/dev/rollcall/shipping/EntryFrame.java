package dev.rollcall.shipping;

import dev.rollcall.disk.Frame;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry as a frame in a spill file. Its payload: kind (u8), first sequence (i64), then of a record (kind 1) its line,
 * of a gap (kind 2) the last sequence (i64), the time in milliseconds since 1970 (i64) and the reason in UTF-8.
 */
final class EntryFrame {
    private static final byte LINE = 1;
    private static final byte GAP = 2;

    private EntryFrame() {}

    static byte[] of(Entry entry) {
        return Frame.of(entry instanceof Gap gap ? payload(gap) : payload((Line) entry));
    }

    /** Empty if a whole frame isn't an entry of this version. */
    static Optional<Entry> read(byte[] payload) {
        var in = ByteBuffer.wrap(payload);
        try {
            var kind = in.get();
            var first = in.getLong();
            return switch (kind) {
                case LINE -> Optional.of(new Line(first, rest(in)));
                case GAP ->
                    Optional.of(new Gap(
                            first,
                            in.getLong(),
                            Instant.ofEpochMilli(in.getLong()),
                            new String(rest(in), StandardCharsets.UTF_8)));
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] payload(Line line) {
        var json = line.json();
        return ByteBuffer.allocate(1 + Long.BYTES + json.length)
                .put(LINE)
                .putLong(line.first())
                .put(json)
                .array();
    }

    private static byte[] payload(Gap gap) {
        var reason = gap.reason().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 3 * Long.BYTES + reason.length)
                .put(GAP)
                .putLong(gap.first())
                .putLong(gap.last())
                .putLong(gap.time().toEpochMilli())
                .put(reason)
                .array();
    }

    private static byte[] rest(ByteBuffer in) {
        var bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}

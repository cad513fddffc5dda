package dev.rollcall.shipping;

import dev.rollcall.disk.Frame;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry as a frame in a spill file. The payload is the kind (u8), the first sequence (i64), and the rest. For a
 * record (kind 1) that is its JSON. For a gap (kind 2) it is the last sequence (i64), the time in milliseconds since
 * 1970 (i64) and the reason in UTF-8.
 */
final class SpillEntryFrame {
    private static final byte RECORD = 1;
    private static final byte GAP = 2;

    private SpillEntryFrame() {}

    static byte[] of(SpillEntry spillEntry) {
        return Frame.of(
                spillEntry instanceof DroppedRange droppedRange
                        ? payload(droppedRange)
                        : payload((EncodedRecord) spillEntry));
    }

    /** Reads a payload; empty if it is not an entry of this version. */
    static Optional<SpillEntry> read(byte[] payload) {
        var in = ByteBuffer.wrap(payload);
        try {
            var kind = in.get();
            var first = in.getLong();
            return switch (kind) {
                case RECORD -> Optional.of(new EncodedRecord(first, rest(in)));
                case GAP ->
                    Optional.of(new DroppedRange(
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

    private static byte[] payload(EncodedRecord encodedRecord) {
        var json = encodedRecord.json();
        return ByteBuffer.allocate(1 + Long.BYTES + json.length)
                .put(RECORD)
                .putLong(encodedRecord.first())
                .put(json)
                .array();
    }

    private static byte[] payload(DroppedRange droppedRange) {
        var reason = droppedRange.reason().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 3 * Long.BYTES + reason.length)
                .put(GAP)
                .putLong(droppedRange.first())
                .putLong(droppedRange.last())
                .putLong(droppedRange.time().toEpochMilli())
                .put(reason)
                .array();
    }

    private static byte[] rest(ByteBuffer in) {
        var bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}

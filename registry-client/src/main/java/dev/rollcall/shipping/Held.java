package dev.rollcall.shipping;

import dev.rollcall.wire.LogRecord;

/**
 * A record that waits for its acknowledgement.
 *
 * @param record the record, with its sequence
 * @param bytes about its size, in memory and on the wire
 * @param sinceNanos when it came
 * @param isNotice whether the shipper itself made it, in place of records that it dropped
 */
record Held(LogRecord record, long bytes, long sinceNanos, boolean isNotice) {
    private static final int OVERHEAD_BYTES = 160;

    static Held of(LogRecord record, long sequence, long nowNanos, boolean isNotice) {
        return new Held(record.withSequence(sequence), sizeOf(record), nowNanos, isNotice);
    }

    long sequence() {
        return record.sequence();
    }

    static long sizeOf(LogRecord record) {
        var chars = record.service().length()
                + record.instance().length()
                + record.logger().length()
                + record.thread().length()
                + record.trace().length()
                + record.span().length();
        var bytes = OVERHEAD_BYTES + chars + encodedLength(record.message()) + encodedLength(record.error());
        for (var entry : record.keys().entrySet()) {
            bytes += encodedLength(entry.getKey()) + encodedLength(entry.getValue()) + 6;
        }
        return bytes;
    }

    /** The length in UTF-8, where a character of a pair counts as 3 instead of 2. */
    private static long encodedLength(String text) {
        long length = text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
            }
        }
        return length;
    }
}

package dev.rollcall.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The format of a record in a file, in which torn ones are detected: length (u32, big-endian), CRC32C (u32, RFC 3720)
 * of the payload, payload.
 *
 * <p>No payload is empty: zeros, which is how never written blocks read, would be such a frame.
 */
public final class Frame {
    /** The size of a frame without its payload. */
    public static final int HEADER_BYTES = 8;
    /** The largest payload. */
    public static final int PAYLOAD_BYTES_MAX = 16 << 20;

    private Frame() {}

    /**
     * Returns the frame of a payload.
     *
     * @param payload 1 to {@link #PAYLOAD_BYTES_MAX} bytes, or {@link IllegalArgumentException} is thrown
     */
    public static byte[] of(byte[] payload) {
        if (!isLength(payload.length)) {
            throw new IllegalArgumentException(
                    "a frame holds 1 to " + PAYLOAD_BYTES_MAX + " bytes, not " + payload.length);
        }
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .array();
    }

    static boolean isLength(int length) {
        return length > 0 && length <= PAYLOAD_BYTES_MAX;
    }

    static int checksum(byte[] payload) {
        var sum = new CRC32C();
        sum.update(payload);
        return (int) sum.getValue();
    }
}

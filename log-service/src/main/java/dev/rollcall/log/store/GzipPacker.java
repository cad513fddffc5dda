package dev.rollcall.log.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Packs blocks as gzip members (RFC 1952). Concatenated members are a gzip file too. Not thread-safe; {@link #close}
 * frees memory outside the heap.
 */
final class GzipPacker implements AutoCloseable {
    private static final int LEVEL = 3;

    private final Deflater deflater = new Deflater(LEVEL, true);

    /** Returns the bytes as a member. */
    byte[] pack(byte[] bytes, int length) {
        deflater.reset();
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        var packed = GzipMember.header(length / 4 + 64);
        var at = GzipMember.HEADER_BYTES;
        while (!deflater.finished()) {
            if (packed.length - at < GzipMember.TRAILER_BYTES + 1) {
                packed = Arrays.copyOf(packed, packed.length * 2);
            }
            at += deflater.deflate(packed, at, packed.length - at - GzipMember.TRAILER_BYTES);
        }
        var trailer = ByteBuffer.wrap(packed, at, GzipMember.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putInt(GzipMember.crc(bytes, length)).putInt(length);
        return Arrays.copyOf(packed, at + GzipMember.TRAILER_BYTES);
    }

    @Override
    public void close() {
        deflater.end();
    }
}

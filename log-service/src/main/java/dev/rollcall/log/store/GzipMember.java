package dev.rollcall.log.store;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The result of unpacking a gzip member, and the member's format.
 *
 * @param length uncompressed; 0 if the member is incomplete or does not fit
 * @param packedLength with header and trailer
 * @param needsRoom whether the output does not fit
 * @param isCut whether the member continues beyond the input
 */
record GzipMember(int length, int packedLength, boolean needsRoom, boolean isCut) {
    /** A member that is not what was packed. */
    static final GzipMember CORRUPT = new GzipMember(0, 0, false, false);

    static final int HEADER_BYTES = 10;
    /** After the data: checksum and length, in little-endian order. */
    static final int TRAILER_BYTES = 8;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Returns a header with room after it. */
    static byte[] header(int room) {
        return Arrays.copyOf(HEADER, HEADER.length + room);
    }

    static boolean isHeader(byte[] packed) {
        return Arrays.equals(packed, 0, HEADER_BYTES, HEADER, 0, HEADER_BYTES);
    }

    /** Returns where the next header after the first byte may begin; no byte before that can begin one. */
    static int nextHeader(byte[] packed, int length) {
        var last = length - HEADER_BYTES;
        for (var i = 1; i <= last; i++) {
            if (Arrays.equals(packed, i, i + HEADER_BYTES, HEADER, 0, HEADER_BYTES)) {
                return i;
            }
        }
        return Math.max(1, last + 1);
    }

    static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}

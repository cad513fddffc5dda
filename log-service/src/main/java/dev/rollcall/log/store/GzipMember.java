package dev.rollcall.log.store;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A gzip member that was unpacked, and how one looks.
 *
 * @param length unpacked; 0 if it wasn't there wholly, or has no room
 * @param packedLength with header and trailer
 * @param needsRoom whether it has no room
 * @param isCut whether it goes on behind what is there
 */
record GzipMember(int length, int packedLength, boolean needsRoom, boolean isCut) {
    /** One that isn't what was packed. */
    static final GzipMember CORRUPT = new GzipMember(0, 0, false, false);

    /** In front of what is compressed. */
    static final int HEADER_BYTES = 10;
    /** Behind it: checksum and length, in little-endian order. */
    static final int TRAILER_BYTES = 8;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** A header, and room behind it. */
    static byte[] header(int room) {
        return Arrays.copyOf(HEADER, HEADER.length + room);
    }

    static boolean isHeader(byte[] packed) {
        return Arrays.equals(packed, 0, HEADER_BYTES, HEADER, 0, HEADER_BYTES);
    }

    /** Where the next header behind the begin may stand, in so many bytes; not in what is before that. */
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

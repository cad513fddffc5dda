package dev.rollcall.log.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks what {@link GzipPacker} packed. Not thread-safe; {@link #close} frees memory outside the heap. */
final class GzipUnpacker implements AutoCloseable {
    private final Inflater inflater = new Inflater(true);

    /**
     * Unpacks the member at the start of some bytes.
     *
     * @param into long enough for the result
     * @param length the expected uncompressed length
     * @throws CorruptBlockException if the result is different
     */
    void unpack(byte[] packed, int packedLength, byte[] into, int length) throws IOException {
        var member = member(packed, packedLength, into);
        if (member.length() != length || member.packedLength() != packedLength) {
            throw new CorruptBlockException("a block is corrupt: its length is wrong");
        }
    }

    /** Unpacks the member at the start of some bytes, of unknown length. */
    GzipMember member(byte[] packed, int packedLength, byte[] into) throws IOException {
        if (packedLength < GzipMember.HEADER_BYTES || !GzipMember.isHeader(packed)) {
            throw new CorruptBlockException("a block is corrupt: it has no gzip header");
        }
        inflater.reset();
        inflater.setInput(packed, GzipMember.HEADER_BYTES, packedLength - GzipMember.HEADER_BYTES);
        var length = 0;
        try {
            while (!inflater.finished()) {
                var count = inflater.inflate(into, length, into.length - length);
                if (count == 0 && !inflater.finished()) {
                    return new GzipMember(0, 0, length == into.length, length < into.length);
                }
                length += count;
            }
        } catch (DataFormatException e) {
            throw new CorruptBlockException("a block is corrupt", e);
        }
        var end = packedLength - inflater.getRemaining();
        if (packedLength - end < GzipMember.TRAILER_BYTES) {
            return new GzipMember(0, 0, false, true);
        }
        var trailer = ByteBuffer.wrap(packed, end, GzipMember.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != GzipMember.crc(into, length) || trailer.getInt() != length) {
            throw new CorruptBlockException("a block is corrupt: its checksum is wrong");
        }
        return new GzipMember(length, end + GzipMember.TRAILER_BYTES, false, false);
    }

    @Override
    public void close() {
        inflater.end();
    }
}

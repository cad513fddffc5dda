package dev.rollcall.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the whole {@link Frame}s in bytes of which some are damaged. That it takes other bytes for a frame is as unlikely
 * as that their checksum fits by chance. Not thread-safe.
 */
public final class FrameSearch {
    private final byte[] bytes;
    private int position;
    private int skipped;

    /** Begins at an offset. */
    public FrameSearch(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = from;
    }

    /** The payload of the next whole frame, wherever it begins; empty at the end of the bytes. */
    public Optional<byte[]> next() {
        while (position < bytes.length) {
            var length = wholeAt(position);
            if (length > 0) {
                var from = position + Frame.HEADER_BYTES;
                position = from + length;
                return Optional.of(Arrays.copyOfRange(bytes, from, position));
            }
            position++;
            skipped++;
        }
        return Optional.empty();
    }

    /** How many bytes belonged to no frame so far. */
    public int skipped() {
        return skipped;
    }

    /** The length of the payload of the whole frame that begins here; 0 if none does. */
    private int wholeAt(int offset) {
        var left = bytes.length - offset - Frame.HEADER_BYTES;
        if (left < 1) {
            return 0;
        }
        var header = ByteBuffer.wrap(bytes, offset, Frame.HEADER_BYTES);
        var length = header.getInt();
        if (!Frame.isLength(length) || length > left) {
            return 0;
        }
        var from = offset + Frame.HEADER_BYTES;
        return Frame.checksum(Arrays.copyOfRange(bytes, from, from + length)) == header.getInt() ? length : 0;
    }
}

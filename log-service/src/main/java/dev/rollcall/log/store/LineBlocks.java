package dev.rollcall.log.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream of lines into blocks at line ends. Not thread-safe. */
final class LineBlocks {
    private static final int LINE_BYTES_MAX = 64 << 20;

    private final InputStream in;
    private byte[] bytes = new byte[Block.BYTES + Block.BYTES / 8];
    private int filled;
    private int used;
    private boolean isEnded;

    LineBlocks(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next lines, {@link Block#BYTES} or a little more; returns their length. Returns 0 at the end, before an
     * incomplete last line.
     */
    int next() throws IOException {
        System.arraycopy(bytes, used, bytes, 0, filled - used);
        filled -= used;
        used = 0;
        var searched = Math.min(filled, Block.BYTES);
        while (true) {
            for (var i = Math.max(searched, Block.BYTES - 1); i < filled; i++) {
                if (bytes[i] == '\n') {
                    used = i + 1;
                    return used;
                }
            }
            searched = filled;
            if (isEnded || !fill()) {
                used = lastLineEnd();
                return used;
            }
        }
    }

    /** Reads like {@link #next}, and then the incomplete last line as a block of its own. */
    int nextOrRest() throws IOException {
        var length = next();
        return length > 0 ? length : rest();
    }

    /** Returns the buffer that holds the last block at its start. */
    byte[] bytes() {
        return bytes;
    }

    private int rest() {
        System.arraycopy(bytes, used, bytes, 0, filled - used);
        filled -= used;
        used = filled;
        return filled;
    }

    private boolean fill() throws IOException {
        if (filled == bytes.length) {
            if (filled > LINE_BYTES_MAX) {
                throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes; this is not a log store");
            }
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        var count = in.read(bytes, filled, bytes.length - filled);
        if (count < 0) {
            isEnded = true;
            return false;
        }
        filled += count;
        return true;
    }

    private int lastLineEnd() {
        var end = filled;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}

package dev.rollcall.log.store;

import java.util.List;

/**
 * Consecutive lines of a segment, their statistics, and where they are in the file.
 *
 * @param start offset of the first line in the segment, uncompressed
 * @param length uncompressed
 * @param fileStart offset in the segment's file
 * @param fileLength length in the segment's file
 * @param stats of the whole block; must not be changed
 * @param parts the same statistics by time range, as far as known
 */
public record Block(long start, int length, long fileStart, int fileLength, BlockStats stats, List<BlockStats> parts) {
    /** The minimum length of a block, except a segment's last one; exceeded by at most one line or request. */
    static final int BYTES = 256 << 10;

    /** Copies the list. */
    public Block {
        parts = List.copyOf(parts);
    }

    /** Creates an uncompressed block of which only the total is known. */
    static Block raw(long start, int length, BlockStats stats) {
        return new Block(start, length, start, length, stats, List.of(stats));
    }

    /** Returns the offset of the next block. */
    public long end() {
        return start + length;
    }
}

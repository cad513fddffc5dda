package dev.rollcall.log.store;

import java.util.List;

/**
 * Some lines of a segment that stand together, what they are, and where they are to be found.
 *
 * @param start where the first one begins in the segment, not compressed
 * @param length how long they are, not compressed
 * @param fileStart where they begin in the segment's file
 * @param fileLength how long they are there
 * @param stats what they are; nobody changes it
 * @param parts the same by stretches of time, as far as it is known
 */
public record Block(long start, int length, long fileStart, int fileLength, BlockStats stats, List<BlockStats> parts) {
    /** How long a block is at least, unless it is a segment's last one; by at most one line or submission longer. */
    static final int BYTES = 256 << 10;

    /** Copies. */
    public Block {
        parts = List.copyOf(parts);
    }

    /** One that isn't compressed, and of which only the whole is known. */
    static Block raw(long start, int length, BlockStats blockStats) {
        return new Block(start, length, start, length, blockStats, List.of(blockStats));
    }

    /** Where the next one begins. */
    public long end() {
        return start + length;
    }
}

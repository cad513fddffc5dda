package dev.rollcall.log.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A segment to which nothing is added any more.
 *
 * @param number ascends from one segment to the next
 * @param base how many bytes were in the segments before it, of those that were there when the store was opened
 * @param form of its file
 * @param closed when nothing was added any more
 * @param length how long it is, not compressed
 * @param fileLength how long its file is
 * @param indexLength how long its index's file is
 * @param stats what is in it
 * @param blocks its blocks; of a sealed segment none, since they are read when needed
 * @param readers how many read it now in this form
 */
record ClosedSegment(
        long number,
        long base,
        SegmentForm form,
        Instant closed,
        long length,
        long fileLength,
        long indexLength,
        BlockStats stats,
        List<Block> blocks,
        AtomicInteger readers) {
    /** Copies. */
    ClosedSegment {
        blocks = List.copyOf(blocks);
    }

    static ClosedSegment of(long number, long base, SegmentIndex index, long indexLength, AtomicInteger readers) {
        var blockStats = new BlockStats();
        index.blocks().forEach(block -> blockStats.add(block.stats()));
        return new ClosedSegment(
                number,
                base,
                index.form(),
                index.closed(),
                index.length(),
                index.fileLength(),
                indexLength,
                blockStats,
                index.form() == SegmentForm.RAW ? index.blocks() : List.of(),
                readers);
    }
}

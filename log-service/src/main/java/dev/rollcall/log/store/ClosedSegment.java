package dev.rollcall.log.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A segment that is no longer appended to.
 *
 * @param number ascends from one segment to the next
 * @param base the bytes in the segments before it, of those present when the store was opened
 * @param closed when it was closed
 * @param length uncompressed
 * @param fileLength length of its file
 * @param indexLength length of its index file
 * @param blocks its blocks; none of a sealed segment, whose blocks are read from the index when needed
 * @param readers the count of readers of the segment in this form
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
    /** Copies the list. */
    ClosedSegment {
        blocks = List.copyOf(blocks);
    }

    static ClosedSegment of(long number, long base, SegmentIndex index, long indexLength, AtomicInteger readers) {
        var stats = new BlockStats();
        index.blocks().forEach(block -> stats.add(block.stats()));
        return new ClosedSegment(
                number,
                base,
                index.form(),
                index.closed(),
                index.length(),
                index.fileLength(),
                indexLength,
                stats,
                index.form() == SegmentForm.RAW ? index.blocks() : List.of(),
                readers);
    }
}

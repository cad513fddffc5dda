package dev.rollcall.log.query;

import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.CorruptBlockException;
import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.SegmentView;
import dev.rollcall.log.store.StoreView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the records of a query in what was stored at one time, the oldest first. Holds one block in memory, regardless
 * of the store's size.
 *
 * <p>Clients want the newest records, in ascending order, which takes two passes: {@link BackwardScan} goes back from
 * the end and counts matches until there are enough; {@link #scan} goes forward from there. Blocks without a match by
 * the index are never read. Corrupt blocks are skipped, and the sink is notified. Not thread-safe.
 */
final class Search {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    private final StoreView view;
    private final LogQuery query;
    private final RecordMatcher matcher;
    private final SegmentBlocks blocks;

    Search(StoreView view, LogQuery query) {
        this.view = view;
        this.query = query;
        this.matcher = new RecordMatcher(query);
        this.blocks = new SegmentBlocks(query);
    }

    /** Passes the matches between two positions to the sink, until it stops. */
    void scan(Position from, Position end, LineSink sink) throws IOException {
        var stoppable = new StoppableSink(sink);
        for (var at = from; at.compareTo(end) < 0 && !stoppable.isStopped; ) {
            at = scanBlock(at, end, stoppable);
        }
    }

    /**
     * Passes the matches in the first block between two positions that may have any.
     *
     * @return the position up to which there are no more
     */
    Position scanBlock(Position from, Position end, LineSink sink) throws IOException {
        for (var segment : view.segments()) {
            if (segment.number() < from.segment()
                    || segment.number() > end.segment()
                    || !query.mayMatch(segment.stats())) {
                continue;
            }
            var start = segment.number() == from.segment() ? from.offset() : 0;
            try {
                var next = scanBlock(segment, start, segment.endBefore(end), sink);
                if (next >= 0) {
                    return new Position(segment.number(), next);
                }
            } catch (NoSuchFileException e) {
                LOG.atDebug().addKeyValue("segment", segment.number()).log("deleted for its age while it was read");
            }
        }
        return end;
    }

    /** Does the same in one segment; returns a value below 0 if none of its blocks may match. */
    private long scanBlock(SegmentView segment, long from, long end, LineSink sink) throws IOException {
        blocks.load(segment);
        for (var i = blocks.firstBehind(from);
                i < blocks.size() && blocks.get(i).start() < end;
                i++) {
            if (blocks.mayMatch(i)) {
                return scan(segment, blocks.get(i), from, end, sink);
            }
        }
        return -1;
    }

    private long scan(SegmentView segment, Block block, long from, long end, LineSink sink) throws IOException {
        var begin = (int) Math.max(0, from - block.start());
        byte[] bytes;
        try {
            bytes = view.read(segment, block, begin);
        } catch (CorruptBlockException e) {
            sink.unreadable(UnreadableRecords.of(segment.number(), block));
            return Math.min(block.end(), end);
        }
        var start = begin;
        for (var i = begin; i <= block.length() && block.start() + start < end; i++) {
            // a missing line end ends a line too
            if (i == block.length() ? start < i : bytes[i] == '\n') {
                var offset = block.start() + start;
                var isMatch = matcher.matches(bytes, start, i);
                if (isMatch && !sink.accept(segment.number(), offset, bytes, start, i)) {
                    return Math.min(block.end(), block.start() + i + 1);
                }
                start = i + 1;
            }
        }
        return Math.min(block.end(), end);
    }

    /** Returns the number of matches between two positions. */
    long count(Position from, Position end) throws IOException {
        var sum = 0L;
        for (var segment : view.segments()) {
            var start = segment.number() == from.segment() ? from.offset() : 0;
            if (segment.number() >= from.segment()
                    && segment.number() <= end.segment()
                    && query.mayMatch(segment.stats())) {
                sum += count(segment, start, segment.endBefore(end));
            }
        }
        return sum;
    }

    /** Passes all matches to the sink, except those in blocks for which the predicate returns true. */
    void eachBlock(Predicate<Block> isDone, LineSink sink) throws IOException {
        for (var segment : view.segments()) {
            if (query.mayMatch(segment.stats())) {
                eachBlock(segment, isDone, sink);
            }
        }
    }

    private void eachBlock(SegmentView segment, Predicate<Block> isDone, LineSink sink) throws IOException {
        try {
            blocks.load(segment);
            for (var i = 0; i < blocks.size(); i++) {
                if (blocks.mayMatch(i) && !isDone.test(blocks.get(i))) {
                    scan(segment, blocks.get(i), 0, segment.length(), sink);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("segment", segment.number()).log("deleted for its age while it was read");
        }
    }

    private long count(SegmentView segment, long from, long end) throws IOException {
        var sum = 0L;
        try {
            blocks.load(segment);
            for (var i = blocks.firstBehind(from);
                    i < blocks.size() && blocks.get(i).start() < end;
                    i++) {
                sum += blocks.mayMatch(i) ? count(segment, blocks.get(i), from, end) : 0;
            }
        } catch (NoSuchFileException e) {
            // deleted for its age in the meantime
            return sum;
        }
        return sum;
    }

    private long count(SegmentView segment, Block block, long from, long end) throws IOException {
        var count = query.countIn(block);
        if (block.start() >= from && block.end() <= end && count.isPresent()) {
            return count.getAsInt();
        }
        var sum = new long[1];
        scan(segment, block, from, end, (number, offset, bytes, start, stop) -> {
            sum[0]++;
            return true;
        });
        return sum[0];
    }

    private static final class StoppableSink implements LineSink {
        private final LineSink sink;
        private boolean isStopped;

        StoppableSink(LineSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean accept(long segment, long offset, byte[] bytes, int from, int to) throws IOException {
            isStopped = !sink.accept(segment, offset, bytes, from, to);
            return !isStopped;
        }

        @Override
        public void unreadable(UnreadableRecords lines) throws IOException {
            sink.unreadable(lines);
        }
    }
}

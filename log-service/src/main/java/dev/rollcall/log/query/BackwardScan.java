package dev.rollcall.log.query;

import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.CorruptBlockException;
import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.SegmentView;
import dev.rollcall.log.store.StoreView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

/**
 * Finds where the newest records of a query begin: goes back from the end, block by block, and counts matches until
 * there are enough. Does not read blocks whose matches the index can count. Not thread-safe.
 */
final class BackwardScan {
    private final StoreView view;
    private final LogQuery query;
    private final RecordMatcher matcher;
    private final SegmentBlocks blocks;
    private int[] offsets = new int[64];

    BackwardScan(StoreView view, LogQuery query) {
        this.view = view;
        this.query = query;
        this.matcher = new RecordMatcher(query);
        this.blocks = new SegmentBlocks(query);
    }

    /**
     * The start of the newest matching records.
     *
     * @param start the first one's position, or an earlier one with no match between
     * @param count the matches from there on, at most as many as requested
     */
    record Found(Position start, long count) {}

    /** Returns the newest {@code limit} matches before a position, or as many as there are. */
    Found before(Position end, long limit) throws IOException {
        var found = new Found(end, 0);
        var segments = view.segments();
        for (var i = segments.size() - 1; i >= 0 && found.count() < limit; i--) {
            var segment = segments.get(i);
            if (segment.number() <= end.segment() && query.mayMatch(segment.stats())) {
                found = in(segment, found, limit, segment.endBefore(end));
            }
        }
        return found;
    }

    private Found in(SegmentView segment, Found known, long limit, long end) throws IOException {
        var count = query.countIn(segment.stats());
        if (end == segment.length() && count.isPresent() && known.count() + count.getAsInt() <= limit) {
            return new Found(new Position(segment.number(), 0), known.count() + count.getAsInt());
        }
        var found = known;
        try {
            blocks.load(segment);
            for (var i = blocks.size() - 1; i >= 0 && found.count() < limit; i--) {
                if (blocks.get(i).start() < end && blocks.mayMatch(i)) {
                    found = in(segment, blocks.get(i), found, limit, end);
                }
            }
        } catch (NoSuchFileException e) {
            // deleted for its age in the meantime
            return found;
        }
        return found;
    }

    private Found in(SegmentView segment, Block block, Found known, long limit, long end) throws IOException {
        var count = query.countIn(block);
        if (block.end() <= end && count.isPresent() && known.count() + count.getAsInt() <= limit) {
            return new Found(new Position(segment.number(), block.start()), known.count() + count.getAsInt());
        }
        int matches;
        try {
            matches = offsetsIn(segment, block, (int) Math.min(block.length(), end - block.start()));
        } catch (CorruptBlockException e) {
            // the range then includes the corrupt block, so that the client is notified of it
            return new Found(new Position(segment.number(), block.start()), known.count());
        }
        if (matches == 0) {
            return known;
        }
        var taken = (int) Math.min(matches, limit - known.count());
        var start = block.start() + offsets[matches - taken];
        return new Found(new Position(segment.number(), start), known.count() + taken);
    }

    /** Returns the number of matching lines before an offset, and puts their starts into {@code offsets}. */
    private int offsetsIn(SegmentView segment, Block block, int end) throws IOException {
        var bytes = view.read(segment, block, 0);
        var found = 0;
        var start = 0;
        for (var i = 0; i <= block.length() && start < end; i++) {
            // a missing line end ends a line too
            if (i == block.length() ? start < i : bytes[i] == '\n') {
                if (matcher.matches(bytes, start, i)) {
                    offsets = found < offsets.length ? offsets : Arrays.copyOf(offsets, 2 * found);
                    offsets[found++] = start;
                }
                start = i + 1;
            }
        }
        return found;
    }
}

package dev.rollcall.log.ask;

import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.DamagedBlockException;
import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.SegmentView;
import dev.rollcall.log.store.StoreView;
import dev.rollcall.log.store.TextFilter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the records of one query in what was stored at one time. Holds one block in memory, however much there is.
 *
 * <p>Since the newest records are asked for, and are to be told the newest last, it goes twice over them: {@link #newest}
 * goes back from the end, block by block, and counts until there are enough; {@link #tell} goes forward from there. Blocks
 * of which the index knows how many of them are asked for are not read for counting, and blocks of which it knows that
 * none is are never read. What turns out to be damaged is passed over, and the sink is told. Not thread-safe.
 */
final class Search {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    private final StoreView view;
    private final LogQuery query;
    private final Matching matching;
    private long loaded = -1;
    private List<Block> blocks = List.of();
    private List<TextFilter> filters = List.of();
    private int[] offsets = new int[64];

    Search(StoreView view, LogQuery query) {
        this.view = view;
        this.query = query;
        this.matching = new Matching(query);
    }

    /**
     * Where the newest records begin.
     *
     * @param start the first one's position, or one before it with none of them between
     * @param count how many there are from there on, at most as many as were asked for
     */
    record Newest(Position start, long count) {}

    /** The newest so many before a position, or as many as there are. */
    Newest newest(long limit, Position end) throws IOException {
        var newest = new Newest(end, 0);
        var segments = view.segments();
        for (var i = segments.size() - 1; i >= 0 && newest.count() < limit; i--) {
            var segment = segments.get(i);
            if (segment.number() <= end.segment() && query.mayMatch(segment.tally())) {
                newest = newest(newest, segment, limit, endIn(segment, end));
            }
        }
        return newest;
    }

    private Newest newest(Newest known, SegmentView segment, long limit, long end) throws IOException {
        var count = query.countIn(segment.tally());
        if (end == segment.length() && count.isPresent() && known.count() + count.getAsInt() <= limit) {
            return new Newest(new Position(segment.number(), 0), known.count() + count.getAsInt());
        }
        var newest = known;
        try {
            load(segment);
            for (var i = blocks.size() - 1; i >= 0 && newest.count() < limit; i--) {
                if (blocks.get(i).start() < end && mayMatch(i)) {
                    newest = newest(newest, segment, blocks.get(i), limit, end);
                }
            }
        } catch (NoSuchFileException e) {
            // deleted for its age meanwhile
            return newest;
        }
        return newest;
    }

    private Newest newest(Newest known, SegmentView segment, Block block, long limit, long end) throws IOException {
        var count = query.countIn(block);
        if (block.end() <= end && count.isPresent() && known.count() + count.getAsInt() <= limit) {
            return new Newest(new Position(segment.number(), block.start()), known.count() + count.getAsInt());
        }
        int found;
        try {
            found = offsetsIn(segment, block, (int) Math.min(block.length(), end - block.start()));
        } catch (DamagedBlockException e) {
            // whoever is told from there on is told of it too
            return new Newest(new Position(segment.number(), block.start()), known.count());
        }
        if (found == 0) {
            return known;
        }
        var taken = (int) Math.min(found, limit - known.count());
        var start = block.start() + offsets[found - taken];
        return new Newest(new Position(segment.number(), start), known.count() + taken);
    }

    /** How many lines before an offset are asked for; where they begin is in {@code offsets}. */
    private int offsetsIn(SegmentView segment, Block block, int end) throws IOException {
        var bytes = view.read(segment, block, 0);
        var found = 0;
        var start = 0;
        for (var i = 0; i < block.length() && start < end; i++) {
            if (bytes[i] == '\n') {
                if (matching.matches(bytes, start, i)) {
                    offsets = found < offsets.length ? offsets : Arrays.copyOf(offsets, 2 * found);
                    offsets[found++] = start;
                }
                start = i + 1;
            }
        }
        return found;
    }

    /** Tells the records between two positions, until there are no more or the sink wants no more. */
    void tell(Position from, Position end, LineSink sink) throws IOException {
        var stopping = new Stopping(sink);
        for (var at = from; at.compareTo(end) < 0 && !stopping.isStopped; ) {
            at = tellBlock(at, end, stopping);
        }
    }

    /**
     * Tells the records between two positions that are in the first block which may have any.
     *
     * @return the position up to which there are no more
     */
    Position tellBlock(Position from, Position end, LineSink sink) throws IOException {
        for (var segment : view.segments()) {
            if (segment.number() < from.segment()
                    || segment.number() > end.segment()
                    || !query.mayMatch(segment.tally())) {
                continue;
            }
            var start = segment.number() == from.segment() ? from.offset() : 0;
            try {
                var next = tellBlock(segment, start, endIn(segment, end), sink);
                if (next >= 0) {
                    return new Position(segment.number(), next);
                }
            } catch (NoSuchFileException e) {
                LOG.atDebug().addKeyValue("segment", segment.number()).log("deleted for its age while it was read");
            }
        }
        return end;
    }

    /** The same in one segment; below 0 if none of its blocks may have any. */
    private long tellBlock(SegmentView segment, long from, long end, LineSink sink) throws IOException {
        load(segment);
        for (var i = firstBehind(from); i < blocks.size() && blocks.get(i).start() < end; i++) {
            if (mayMatch(i)) {
                return tell(segment, blocks.get(i), from, end, sink);
            }
        }
        return -1;
    }

    private long tell(SegmentView segment, Block block, long from, long end, LineSink sink) throws IOException {
        var begin = (int) Math.max(0, from - block.start());
        byte[] bytes;
        try {
            bytes = view.read(segment, block, begin);
        } catch (DamagedBlockException e) {
            sink.unreadable(Unreadable.of(segment.number(), block));
            return Math.min(block.end(), end);
        }
        var start = begin;
        for (var i = begin; i < block.length() && block.start() + start < end; i++) {
            if (bytes[i] == '\n') {
                var offset = block.start() + start;
                var isWanted = matching.matches(bytes, start, i);
                if (isWanted && !sink.take(segment.number(), offset, bytes, start, i)) {
                    return block.start() + i + 1;
                }
                start = i + 1;
            }
        }
        return Math.min(block.end(), end);
    }

    /** How many there are between two positions. */
    long count(Position from, Position end) throws IOException {
        var sum = 0L;
        for (var segment : view.segments()) {
            var start = segment.number() == from.segment() ? from.offset() : 0;
            if (segment.number() >= from.segment()
                    && segment.number() <= end.segment()
                    && query.mayMatch(segment.tally())) {
                sum += count(segment, start, endIn(segment, end));
            }
        }
        return sum;
    }

    /** Tells all records but those in blocks that somebody has dealt with already. */
    void eachBlock(Predicate<Block> isDone, LineSink sink) throws IOException {
        for (var segment : view.segments()) {
            if (query.mayMatch(segment.tally())) {
                eachBlock(segment, isDone, sink);
            }
        }
    }

    private void eachBlock(SegmentView segment, Predicate<Block> isDone, LineSink sink) throws IOException {
        try {
            load(segment);
            for (var i = 0; i < blocks.size(); i++) {
                if (mayMatch(i) && !isDone.test(blocks.get(i))) {
                    tell(segment, blocks.get(i), 0, segment.length(), sink);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("segment", segment.number()).log("deleted for its age while it was read");
        }
    }

    private long count(SegmentView segment, long from, long end) throws IOException {
        var sum = 0L;
        try {
            load(segment);
            for (var i = firstBehind(from); i < blocks.size() && blocks.get(i).start() < end; i++) {
                sum += mayMatch(i) ? count(segment, blocks.get(i), from, end) : 0;
            }
        } catch (NoSuchFileException e) {
            // deleted for its age meanwhile
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
        tell(segment, block, from, end, (number, offset, bytes, start, stop) -> {
            sum[0]++;
            return true;
        });
        return sum[0];
    }

    /** Whether a record begins there. */
    boolean isRecord(Position position) throws IOException {
        return position.offset() == 0
                ? isSegment(position.segment())
                : lineEnd(new Position(position.segment(), position.offset() - 1)) == position.offset();
    }

    /** Where the record behind the one at a position begins; the next position there is, if that one isn't there. */
    Position after(Position position) throws IOException {
        var end = lineEnd(position);
        if (end >= 0) {
            return new Position(position.segment(), end);
        }
        var begin = view.begin();
        return position.compareTo(begin) < 0 ? begin : view.end();
    }

    private boolean isSegment(long number) {
        return view.segments().stream().anyMatch(segment -> segment.number() == number && segment.length() > 0);
    }

    /** Where the line ends, its end included, that has a byte at a position; below 0 if there is no such byte. */
    private long lineEnd(Position position) throws IOException {
        for (var segment : view.segments()) {
            if (segment.number() == position.segment()
                    && position.offset() >= 0
                    && position.offset() < segment.length()) {
                load(segment);
                var block = blocks.get(firstBehind(position.offset()));
                var at = (int) (position.offset() - block.start());
                return block.start() + lineEnd(segment, block, at);
            }
        }
        return -1;
    }

    private int lineEnd(SegmentView segment, Block block, int from) throws IOException {
        try {
            var bytes = view.read(segment, block, from);
            var at = from;
            while (bytes[at] != '\n') {
                at++;
            }
            return at + 1;
        } catch (DamagedBlockException e) {
            // the next line that can be read begins behind it
            return block.length();
        }
    }

    private int firstBehind(long offset) {
        var low = 0;
        var high = blocks.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (blocks.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean mayMatch(int block) {
        return query.mayMatch(blocks.get(block)) && (filters.isEmpty() || query.mayMatch(filters.get(block)));
    }

    private void load(SegmentView segment) throws IOException {
        if (loaded == segment.number()) {
            return;
        }
        loaded = -1;
        blocks = segment.blocks();
        filters = query.looksIntoFilters() ? segment.filters(blocks.size()).orElse(List.of()) : List.of();
        loaded = segment.number();
    }

    private static long endIn(SegmentView segment, Position end) {
        return segment.number() == end.segment() ? Math.min(end.offset(), segment.length()) : segment.length();
    }

    private static final class Stopping implements LineSink {
        private final LineSink sink;
        private boolean isStopped;

        Stopping(LineSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean take(long segment, long offset, byte[] bytes, int from, int to) throws IOException {
            isStopped = !sink.take(segment, offset, bytes, from, to);
            return !isStopped;
        }

        @Override
        public void unreadable(Unreadable lines) throws IOException {
            sink.unreadable(lines);
        }
    }
}

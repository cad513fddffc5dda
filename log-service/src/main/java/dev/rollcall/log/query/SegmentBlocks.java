package dev.rollcall.log.query;

import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.SegmentView;
import dev.rollcall.log.store.TextFilter;
import java.io.IOException;
import java.util.List;

/** The blocks of one segment, and which of them may match a query. Not thread-safe. */
final class SegmentBlocks {
    private final LogQuery query;
    private long loaded = -1;
    private List<Block> blocks = List.of();
    private List<TextFilter> filters = List.of();

    /** Holds no segment before {@link #load}. */
    SegmentBlocks(LogQuery query) {
        this.query = query;
    }

    /**
     * Loads a segment's blocks, unless they are loaded.
     *
     * @throws java.nio.file.NoSuchFileException if the segment was deleted
     */
    void load(SegmentView segment) throws IOException {
        if (loaded == segment.number()) {
            return;
        }
        loaded = -1;
        blocks = segment.blocks();
        filters = query.usesTextFilters() ? segment.filters(blocks.size()).orElse(List.of()) : List.of();
        loaded = segment.number();
    }

    int size() {
        return blocks.size();
    }

    Block get(int place) {
        return blocks.get(place);
    }

    /** Returns false if the block has no match, and so need not be read. */
    boolean mayMatch(int place) {
        return query.mayMatch(blocks.get(place)) && (filters.isEmpty() || query.mayMatch(filters.get(place)));
    }

    /** Returns the index of the first block that ends after an offset. */
    int firstBehind(long offset) {
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
}

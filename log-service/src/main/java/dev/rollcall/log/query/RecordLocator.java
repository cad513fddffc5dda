package dev.rollcall.log.query;

import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.CorruptBlockException;
import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.SegmentView;
import dev.rollcall.log.store.StoreView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Finds where records begin and end in what was stored at one time. Not thread-safe. */
final class RecordLocator {
    private final StoreView view;
    private final SegmentBlocks blocks = new SegmentBlocks(LogQuery.ALL);

    RecordLocator(StoreView view) {
        this.view = view;
    }

    /** Returns whether a record begins there. */
    boolean isRecord(Position position) throws IOException {
        return position.offset() == 0
                ? isSegment(position.segment())
                : lineEnd(new Position(position.segment(), position.offset() - 1)) == position.offset();
    }

    /** Returns where the record after the one at a position begins; the next existing one if that is gone. */
    Position after(Position position) throws IOException {
        var end = lineEnd(position);
        if (end >= 0) {
            return new Position(position.segment(), end);
        }
        return view.segments().stream()
                .filter(segment -> segment.number() > position.segment())
                .findFirst()
                .map(segment -> new Position(segment.number(), 0))
                .orElse(view.end());
    }

    private boolean isSegment(long number) {
        return view.segments().stream().anyMatch(segment -> segment.number() == number && segment.length() > 0);
    }

    /** Returns the end, line end included, of the line that covers a position; below 0 if there is none. */
    private long lineEnd(Position position) throws IOException {
        for (var segment : view.segments()) {
            if (segment.number() == position.segment()
                    && position.offset() >= 0
                    && position.offset() < segment.length()) {
                return lineEnd(segment, position.offset());
            }
        }
        return -1;
    }

    private long lineEnd(SegmentView segment, long offset) throws IOException {
        try {
            blocks.load(segment);
            var place = blocks.firstBehind(offset);
            if (place == blocks.size()) {
                return -1;
            }
            var block = blocks.get(place);
            return block.start() + lineEnd(segment, block, (int) (offset - block.start()));
        } catch (NoSuchFileException e) {
            // deleted in the meantime
            return -1;
        }
    }

    private int lineEnd(SegmentView segment, Block block, int from) throws IOException {
        try {
            var bytes = view.read(segment, block, from);
            var at = from;
            while (at < block.length() - 1 && bytes[at] != '\n') {
                at++;
            }
            return at + 1;
        } catch (CorruptBlockException e) {
            // the next readable line begins after the block
            return block.length();
        }
    }
}

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that was stored at one time, for one reader. Not thread-safe; until it is closed, what it reads stays, unless it is
 * deleted for its age.
 */
public final class StoreView implements Closeable {
    private final List<SegmentView> segments;
    private final List<AtomicInteger> pins;
    private final BlockReader reader;
    private final Corruption corruption;
    private boolean isClosed;

    StoreView(RecordDirectory directory, List<SegmentView> segments, List<AtomicInteger> pins, Corruption corruption) {
        this.segments = List.copyOf(segments);
        this.pins = List.copyOf(pins);
        this.reader = new BlockReader(directory);
        this.corruption = corruption;
    }

    /** The segments, the oldest first; there is one at least. */
    public List<SegmentView> segments() {
        return segments;
    }

    /** Where the oldest record begins. */
    public Position begin() {
        return new Position(segments.get(0).number(), 0);
    }

    /** Where the next record will begin. */
    public Position end() {
        var last = segments.get(segments.size() - 1);
        return new Position(last.number(), last.length());
    }

    /** How many bytes of lines are between two positions. */
    public long bytesBetween(Position from, Position to) {
        return ordinal(to) - ordinal(from);
    }

    /**
     * The lines of a block, each with its end; what is before {@code from} in them may be anything. Valid until the next
     * call.
     *
     * @throws java.nio.file.NoSuchFileException if the segment has been deleted
     * @throws CorruptBlockException if the block isn't what was stored
     */
    public byte[] read(SegmentView segment, Block block, int from) throws IOException {
        try {
            return reader.read(segment.number(), segment.form(), block, from);
        } catch (CorruptBlockException e) {
            corruption.report(segment.number(), block, e);
            throw e;
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            reader.close();
            pins.forEach(AtomicInteger::decrementAndGet);
        }
    }

    private long ordinal(Position position) {
        for (var segment : segments) {
            if (segment.number() == position.segment()) {
                return segment.base() + Math.min(position.offset(), segment.length());
            }
            if (segment.number() > position.segment()) {
                return segment.base();
            }
        }
        var last = segments.get(segments.size() - 1);
        return last.base() + last.length();
    }
}

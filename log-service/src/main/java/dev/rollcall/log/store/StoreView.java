package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that was stored at one time, for one reader. Not thread-safe. Keeps the segments' files readable until it is
 * closed, except those deleted for their age.
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

    /** Returns the segments, the oldest first; at least one. */
    public List<SegmentView> segments() {
        return segments;
    }

    /** Returns the position of the oldest record. */
    public Position begin() {
        return new Position(segments.get(0).number(), 0);
    }

    /** Returns the position that the next record will have. */
    public Position end() {
        var last = segments.get(segments.size() - 1);
        return new Position(last.number(), last.length());
    }

    /** Returns the bytes of lines between two positions. */
    public long bytesBetween(Position from, Position to) {
        return ordinal(to) - ordinal(from);
    }

    /**
     * Returns the lines of a block, each with its line end. Bytes before {@code from} are undefined. Valid until the
     * next call.
     *
     * @throws java.nio.file.NoSuchFileException if the segment was deleted
     * @throws CorruptBlockException if the block is not what was stored
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

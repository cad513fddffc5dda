package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A segment as it was at one time. If the segment is deleted meanwhile, reads of it fail. */
public final class SegmentView {
    private final RecordDirectory directory;
    private final long number;
    private final long base;
    private final SegmentForm form;
    private final Instant closed;
    private final long length;
    private final BlockStats stats;
    private final List<Block> blocks;

    private SegmentView(
            RecordDirectory directory,
            long number,
            long base,
            SegmentForm form,
            Instant closed,
            BlockStats stats,
            long length,
            List<Block> blocks) {
        this.directory = directory;
        this.number = number;
        this.base = base;
        this.form = form;
        this.closed = closed;
        this.length = length;
        this.stats = stats;
        this.blocks = blocks;
    }

    static SegmentView of(RecordDirectory directory, ClosedSegment segment) {
        return new SegmentView(
                directory,
                segment.number(),
                segment.base(),
                segment.form(),
                segment.closed(),
                segment.stats(),
                segment.length(),
                segment.blocks());
    }

    static SegmentView of(RecordDirectory directory, ActiveSegment segment) {
        synchronized (segment) {
            return new SegmentView(
                    directory,
                    segment.number(),
                    segment.base(),
                    SegmentForm.RAW,
                    Instant.MAX,
                    segment.stats(),
                    segment.length(),
                    segment.blocks());
        }
    }

    public long number() {
        return number;
    }

    /** Returns the uncompressed length. */
    public long length() {
        return length;
    }

    /** Returns how much of the segment is before a position. */
    public long endBefore(Position position) {
        return number == position.segment() ? Math.min(position.offset(), length) : length;
    }

    /** Returns the segment's statistics, which must not be changed. */
    public BlockStats stats() {
        return stats;
    }

    /** Returns the blocks in the order of the file. */
    public List<Block> blocks() throws IOException {
        if (form == SegmentForm.RAW) {
            return blocks;
        }
        var index = SegmentIndex.read(directory, number, form);
        return index.isPresent()
                ? index.get().blocks()
                : IndexRepair.repair(directory, number, form, closed).blocks();
    }

    /** Returns each block's filter; empty if there are none. */
    public Optional<List<TextFilter>> filters(int blockCount) throws IOException {
        return form == SegmentForm.RAW ? Optional.empty() : SegmentIndex.readFilters(directory, number, blockCount);
    }

    long base() {
        return base;
    }

    SegmentForm form() {
        return form;
    }
}

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A segment as it was at one time. What it can't read any more because it was deleted is no part of it any more. */
public final class SegmentView {
    private final RecordDirectory directory;
    private final long number;
    private final long base;
    private final SegmentForm segmentForm;
    private final Instant closed;
    private final long length;
    private final BlockStats blockStats;
    private final List<Block> blocks;

    private SegmentView(
            RecordDirectory directory,
            long number,
            long base,
            SegmentForm segmentForm,
            Instant closed,
            BlockStats blockStats,
            long length,
            List<Block> blocks) {
        this.directory = directory;
        this.number = number;
        this.base = base;
        this.segmentForm = segmentForm;
        this.closed = closed;
        this.length = length;
        this.blockStats = blockStats;
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

    /** Its number. */
    public long number() {
        return number;
    }

    /** How long it is, not compressed. */
    public long length() {
        return length;
    }

    /** How much of it is before a position. */
    public long endBefore(Position position) {
        return number == position.segment() ? Math.min(position.offset(), length) : length;
    }

    /** What is in it; nobody changes it. */
    public BlockStats stats() {
        return blockStats;
    }

    /** Its blocks, in the order in which they stand. */
    public List<Block> blocks() throws IOException {
        if (segmentForm == SegmentForm.RAW) {
            return blocks;
        }
        var index = SegmentIndex.read(directory, number, segmentForm);
        return index.isPresent()
                ? index.get().blocks()
                : IndexRepair.repair(directory, number, segmentForm, closed).blocks();
    }

    /** What may be in each block; empty if that isn't known. */
    public Optional<List<TextFilter>> filters(int blockCount) throws IOException {
        return segmentForm == SegmentForm.RAW
                ? Optional.empty()
                : SegmentIndex.readFilters(directory, number, blockCount);
    }

    long base() {
        return base;
    }

    SegmentForm form() {
        return segmentForm;
    }
}

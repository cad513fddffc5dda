package dev.rollcall.log.store;

import dev.rollcall.disk.Frame;
import dev.rollcall.disk.FrameReader;
import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.log.line.Times;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a closed segment. Stored in a file beside it, which can be rebuilt from the segment at any time: a
 * frame with the blocks and, if the segment is sealed, a frame for each block's {@link TextFilter}.
 *
 * @param form of the segment's file
 * @param closed when the segment was closed
 * @param blocks in the order of the file
 */
record SegmentIndex(SegmentForm form, Instant closed, List<Block> blocks) {
    private static final int VERSION = 3;
    /** The version that counted unknown levels, FATAL and WARNING among them, as INFO. */
    private static final int VERSION_OF_FEW_LEVELS = 2;

    /** Copies the list. */
    SegmentIndex {
        blocks = List.copyOf(blocks);
    }

    /** Returns the segment's uncompressed length. */
    long length() {
        return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
    }

    /** Returns the length of the segment's file. */
    long fileLength() {
        if (blocks.isEmpty()) {
            return 0;
        }
        var last = blocks.get(blocks.size() - 1);
        return last.fileStart() + last.fileLength();
    }

    /** Returns whether the segment's file has all these blocks at the same places. */
    boolean hasAll(List<Block> others) {
        return others.stream()
                .allMatch(other -> blocks.stream()
                        .anyMatch(block -> block.fileStart() == other.fileStart()
                                && block.fileLength() == other.fileLength()
                                && block.length() == other.length()));
    }

    /** Returns the number of records in the segment. */
    long records() {
        return blocks.stream().mapToLong(block -> block.stats().records()).sum();
    }

    /** Writes the index file; returns its length. */
    long write(RecordDirectory directory, long segment, List<TextFilter> filters) throws IOException {
        var parts = new ArrayList<byte[]>();
        parts.add(Frame.of(encoded(segment)));
        filters.forEach(filter -> parts.add(Frame.of(filter.bytes())));
        AtomicFile.write(directory, FileNames.index(segment), parts);
        return parts.stream().mapToLong(part -> part.length).sum();
    }

    /** Reads the index of a segment of this form; empty if it is missing, corrupt, or of another form or segment. */
    static Optional<SegmentIndex> read(RecordDirectory directory, long segment, SegmentForm form) throws IOException {
        var file = directory.read(FileNames.index(segment));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var frames = new FrameReader(file.get())) {
            var head = frames.next();
            return head.isEmpty()
                    ? Optional.empty()
                    : decoded(head.get(), segment).filter(index -> index.form == form);
        }
    }

    /** Reads the filters of all blocks; empty if any is missing or corrupt. */
    static Optional<List<TextFilter>> readFilters(RecordDirectory directory, long segment, int count)
            throws IOException {
        var file = directory.read(FileNames.index(segment));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var frames = new FrameReader(file.get())) {
            var filters = new ArrayList<TextFilter>();
            var frame = frames.next();
            for (frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                filters.add(TextFilter.of(frame.get()));
            }
            return filters.size() == count ? Optional.of(filters) : Optional.empty();
        }
    }

    private byte[] encoded(long segment) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        out.writeLong(segment);
        out.writeByte(form.code());
        out.writeLong(Times.nanos(closed));
        out.writeInt(blocks.size());
        for (var block : blocks) {
            out.writeInt(block.length());
            out.writeInt(block.fileLength());
            block.stats().write(out);
            out.writeByte(block.parts().size());
            for (var part : block.parts()) {
                part.write(out);
            }
        }
        return bytes.toByteArray();
    }

    private static List<BlockStats> parts(DataInputStream in, boolean areLevelsKnown) throws IOException {
        var parts = new ArrayList<BlockStats>();
        for (var i = in.readByte(); i > 0; i--) {
            parts.add(BlockStats.read(in, areLevelsKnown));
        }
        return parts;
    }

    private static Optional<SegmentIndex> decoded(byte[] bytes, long segment) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        var version = in.readByte();
        if (version != VERSION && version != VERSION_OF_FEW_LEVELS) {
            return Optional.empty();
        }
        var areLevelsKnown = version == VERSION;
        if (version == VERSION && in.readLong() != segment) {
            return Optional.empty();
        }
        var form = SegmentForm.of(in.readByte());
        var closed = Times.instant(in.readLong());
        var count = in.readInt();
        var blocks = new ArrayList<Block>(count);
        var start = 0L;
        var fileStart = 0L;
        for (var i = 0; i < count; i++) {
            var block = new Block(
                    start,
                    in.readInt(),
                    fileStart,
                    in.readInt(),
                    BlockStats.read(in, areLevelsKnown),
                    parts(in, areLevelsKnown));
            start = block.end();
            fileStart += block.fileLength();
            blocks.add(block);
        }
        return Optional.of(new SegmentIndex(form, closed, blocks));
    }
}

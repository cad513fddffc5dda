package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds a missing or corrupt index from its segment. Skips what can't be read; gzip members after it are still good.
 */
final class IndexRepair {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRepair.class);
    /** Larger than any block; anything larger is corrupt. */
    private static final int MEMBER_BYTES_MAX = 32 << 20;

    /** The line length of an unreadable range in the index: shorter than any record, but not empty. */
    private static final int LOST_LENGTH = 1;

    private final List<Block> blocks = new ArrayList<>();
    private final List<TextFilter> filters = new ArrayList<>();
    private final BlockScan scan = new BlockScan();
    private long start;
    private long fileStart;
    private long lost;
    private int losing;

    private IndexRepair() {}

    /**
     * Reads a closed segment and writes its index. If the index can't be written, it is rebuilt at the next use.
     *
     * @param closed when the segment was closed, as far as known
     */
    static SegmentIndex repair(RecordDirectory directory, long segment, SegmentForm form, Instant closed)
            throws IOException {
        var repair = read(directory, segment, form);
        var index = new SegmentIndex(form, closed, repair.blocks);
        LOG.atWarn()
                .addKeyValue("segment", segment)
                .addKeyValue("records", index.records())
                .addKeyValue("lost", repair.lost + " bytes")
                .log("a segment's index was missing or corrupt and was rebuilt");
        try {
            index.write(directory, segment, form == SegmentForm.SEALED ? repair.filters : List.of());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("segment", segment)
                    .setCause(e)
                    .log("the index can't be written; it is rebuilt at the next use");
        }
        return index;
    }

    /** Returns the blocks that a segment's file really has. */
    static List<Block> blocks(RecordDirectory directory, long segment, SegmentForm form) throws IOException {
        return read(directory, segment, form).blocks.stream()
                .filter(block -> block.length() > LOST_LENGTH)
                .toList();
    }

    private static IndexRepair read(RecordDirectory directory, long segment, SegmentForm form) throws IOException {
        var repair = new IndexRepair();
        try (var file =
                directory.read(form.file(segment)).orElseThrow(() -> new NoSuchFileException(form.file(segment)))) {
            if (form == SegmentForm.RAW) {
                repair.readLines(file);
            } else {
                repair.readMembers(file);
            }
        }
        return repair;
    }

    private void readLines(InputStream file) throws IOException {
        var lines = new LineBlocks(file);
        for (var length = lines.nextOrRest(); length > 0; length = lines.nextOrRest()) {
            add(lines.bytes(), length, length);
        }
    }

    private void readMembers(InputStream file) throws IOException {
        var packed = new byte[Block.BYTES];
        var bytes = new byte[Block.BYTES * 2];
        var filled = file.readNBytes(packed, 0, packed.length);
        try (var gzip = new GzipUnpacker()) {
            while (filled > 0) {
                var member = member(gzip, packed, filled, bytes);
                var used = member.packedLength();
                if (used > 0) {
                    add(bytes, member.length(), used);
                } else if (member.needsRoom() && bytes.length < MEMBER_BYTES_MAX) {
                    bytes = new byte[bytes.length * 2];
                } else if (member.isCut() && filled == packed.length && filled < MEMBER_BYTES_MAX) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                } else {
                    used = GzipMember.nextHeader(packed, filled);
                    skip(used);
                }
                filled -= used;
                System.arraycopy(packed, used, packed, 0, filled);
                filled += file.readNBytes(packed, filled, packed.length - filled);
            }
        }
        endSkipped();
    }

    private static GzipMember member(GzipUnpacker gzip, byte[] packed, int filled, byte[] bytes) throws IOException {
        try {
            return gzip.member(packed, filled, bytes);
        } catch (CorruptBlockException e) {
            return GzipMember.CORRUPT;
        }
    }

    private void add(byte[] bytes, int length, int fileLength) {
        endSkipped();
        scan.scan(bytes, 0, length);
        blocks.add(scan.block(start, length, fileStart, fileLength));
        filters.add(scan.filter());
        start += length;
        fileStart += fileLength;
    }

    private void skip(int bytes) {
        lost += bytes;
        losing += bytes;
    }

    /** Adds a skipped range to the index as a block of one byte, so that readers are notified of it. */
    private void endSkipped() {
        if (losing > 0) {
            var stats = new BlockStats();
            stats.addUnreadable();
            blocks.add(new Block(start, LOST_LENGTH, fileStart, losing, stats, List.of()));
            filters.add(new TextFilter());
            start += LOST_LENGTH;
            fileStart += losing;
            losing = 0;
        }
    }
}

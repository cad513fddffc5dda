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
 * Makes an index that is missing or damaged again from its segment. What can't be read of the segment is passed over: the
 * gzip members behind it are good ones still.
 */
final class IndexRepair {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRepair.class);
    /** Larger than any block; what claims more is damaged. */
    private static final int MEMBER_BYTES_MAX = 32 << 20;

    /** Of what can't be read, as lines: shorter than any, and not nothing. */
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
     * Reads a closed segment and writes its index. If that can't be written, it is made again the next time.
     *
     * @param closed when nothing was added any more, as far as it is known
     */
    static SegmentIndex repair(RecordDirectory directory, long segment, SegmentForm segmentForm, Instant closed)
            throws IOException {
        var repair = read(directory, segment, segmentForm);
        var index = new SegmentIndex(segmentForm, closed, repair.blocks);
        LOG.atWarn()
                .addKeyValue("segment", segment)
                .addKeyValue("records", index.records())
                .addKeyValue("lost", repair.lost + " bytes")
                .log("a segment has no good index; it is made again");
        try {
            index.write(directory, segment, segmentForm == SegmentForm.SEALED ? repair.filters : List.of());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("segment", segment).setCause(e).log("the index can't be written");
        }
        return index;
    }

    /** The blocks that a segment's file really has. */
    static List<Block> blocks(RecordDirectory directory, long segment, SegmentForm segmentForm) throws IOException {
        return read(directory, segment, segmentForm).blocks.stream()
                .filter(block -> block.length() > LOST_LENGTH)
                .toList();
    }

    private static IndexRepair read(RecordDirectory directory, long segment, SegmentForm segmentForm)
            throws IOException {
        var repair = new IndexRepair();
        try (var file = directory
                .read(segmentForm.file(segment))
                .orElseThrow(() -> new NoSuchFileException(segmentForm.file(segment)))) {
            if (segmentForm == SegmentForm.RAW) {
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

    /** What can't be read stands in the index as a block of one byte, so that who reads on is told of it. */
    private void endSkipped() {
        if (losing > 0) {
            var blockStats = new BlockStats();
            blockStats.addUnreadable();
            blocks.add(new Block(start, LOST_LENGTH, fileStart, losing, blockStats, List.of()));
            filters.add(new TextFilter());
            start += LOST_LENGTH;
            fileStart += losing;
            losing = 0;
        }
    }
}

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.log.line.Times;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an index that is missing or damaged again from its segment. */
final class IndexRepair {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRepair.class);
    private static final int MEMBER_BYTES_MAX = 256 << 20;

    private final List<Block> blocks = new ArrayList<>();
    private final List<TextFilter> filters = new ArrayList<>();
    private final BlockScan scan = new BlockScan();
    private long start;
    private long fileStart;

    private IndexRepair() {}

    /** Reads a closed segment and writes its index. If that can't be written, it is made again the next time. */
    static SegmentIndex repair(RecordDirectory directory, long segment, Form form) throws IOException {
        LOG.atWarn().addKeyValue("segment", segment).log("a segment has no good index; it is made again");
        var repair = new IndexRepair();
        try (var file =
                directory.read(form.file(segment)).orElseThrow(() -> new NoSuchFileException(form.file(segment)))) {
            if (form == Form.RAW) {
                repair.readLines(file);
            } else {
                repair.readMembers(file);
            }
        }
        var index = new SegmentIndex(form, repair.lastTime(), repair.blocks);
        try {
            index.write(directory, segment, form == Form.SEALED ? repair.filters : List.of());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("segment", segment).setCause(e).log("the index can't be written");
        }
        return index;
    }

    private void readLines(InputStream file) throws IOException {
        var lines = new LineBlocks(file);
        for (var length = lines.next(); length > 0; length = lines.next()) {
            add(lines.bytes(), length, length);
        }
    }

    private void readMembers(InputStream file) throws IOException {
        var packed = new byte[Block.BYTES];
        var bytes = new byte[Block.BYTES * 2];
        var filled = file.readNBytes(packed, 0, packed.length);
        try (var gzip = new GzipUnpacker()) {
            while (filled > 0) {
                var member = gzip.member(packed, filled, bytes);
                if (member.packedLength() > 0) {
                    add(bytes, member.length(), member.packedLength());
                    filled -= member.packedLength();
                    System.arraycopy(packed, member.packedLength(), packed, 0, filled);
                } else if (member.needsRoom()) {
                    bytes = larger(bytes);
                    continue;
                } else if (filled == packed.length) {
                    packed = larger(packed);
                }
                var count = file.readNBytes(packed, filled, packed.length - filled);
                if (count == 0 && member.packedLength() == 0) {
                    throw new EOFException("the segment ends within a block");
                }
                filled += count;
            }
        }
    }

    private static byte[] larger(byte[] bytes) throws IOException {
        if (bytes.length >= MEMBER_BYTES_MAX) {
            throw new IOException("a block of more than " + MEMBER_BYTES_MAX + " bytes; this is no segment");
        }
        return Arrays.copyOf(bytes, bytes.length * 2);
    }

    private void add(byte[] bytes, int length, int fileLength) {
        scan.scan(bytes, 0, length);
        blocks.add(scan.block(start, length, fileStart, fileLength));
        filters.add(scan.filter());
        start += length;
        fileStart += fileLength;
    }

    /** When it was closed isn't known any more; not before its last record. */
    private Instant lastTime() {
        var last = blocks.stream().mapToLong(block -> block.tally().maxNanos()).max();
        return last.isEmpty() || last.getAsLong() == Long.MIN_VALUE ? Instant.EPOCH : Times.instant(last.getAsLong());
    }
}

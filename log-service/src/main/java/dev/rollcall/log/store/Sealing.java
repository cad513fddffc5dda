package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Compresses closed segments and writes their indexes. Rests between blocks while the store has requests pending. */
final class Sealing {
    /** While requests are pending, each block is followed by a rest of twice the time that the block took. */
    private static final int RESTS = 2;

    private static final long WORK_NANOS_MAX = 20_000_000;

    private final RecordDirectory directory;
    private final BooleanSupplier isStoreBusy;

    Sealing(RecordDirectory directory, BooleanSupplier isStoreBusy) {
        this.directory = directory;
        this.isStoreBusy = isStoreBusy;
    }

    /**
     * Writes the compressed file and its index. The raw file stays and takes precedence while it exists; the caller may
     * delete it once this method returns.
     */
    ClosedSegment seal(ClosedSegment segment) throws IOException {
        var name = SegmentForm.SEALED.file(segment.number());
        var unfinished = name + FileNames.UNFINISHED;
        directory.delete(unfinished);
        var blocks = new ArrayList<Block>();
        var filters = new ArrayList<TextFilter>();
        pack(segment, unfinished, blocks, filters);
        var index = new SegmentIndex(SegmentForm.SEALED, segment.closed(), blocks);
        if (index.length() != segment.length()) {
            throw new IOException(SegmentForm.RAW.file(segment.number()) + " has " + index.length()
                    + " bytes of lines instead of " + segment.length());
        }
        var indexLength = index.write(directory, segment.number(), filters);
        directory.rename(unfinished, name);
        directory.sync();
        return ClosedSegment.of(segment.number(), segment.base(), index, indexLength, new AtomicInteger());
    }

    private void pack(ClosedSegment segment, String unfinished, List<Block> blocks, List<TextFilter> filters)
            throws IOException {
        var raw = SegmentForm.RAW.file(segment.number());
        var scan = new BlockScan();
        try (var in = directory.read(raw).orElseThrow(() -> new NoSuchFileException(raw));
                var out = directory.open(unfinished);
                var gzip = new GzipPacker()) {
            var lines = new LineBlocks(in);
            var start = 0L;
            for (var length = lines.nextOrRest(); length > 0; length = lines.nextOrRest()) {
                var begun = System.nanoTime();
                scan.scan(lines.bytes(), 0, length);
                var packed = gzip.pack(lines.bytes(), length);
                blocks.add(scan.block(start, length, out.length(), packed.length));
                filters.add(scan.filter());
                out.append(packed);
                start += length;
                restIfBusy(System.nanoTime() - begun);
            }
            out.sync();
        }
    }

    private void restIfBusy(long workNanos) {
        if (isStoreBusy.getAsBoolean()) {
            LockSupport.parkNanos(RESTS * Math.min(workNanos, WORK_NANOS_MAX));
        }
    }
}

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Compresses closed segments and indexes them. */
final class Sealing {
    private final RecordDirectory directory;
    private final Manners manners;

    Sealing(RecordDirectory directory, Manners manners) {
        this.directory = directory;
        this.manners = manners;
    }

    /**
     * Makes the compressed file and its index. The one with the lines stays, and goes before, as long as it is there: it
     * may be deleted as soon as this returns.
     */
    ClosedSegment seal(ClosedSegment segment) throws IOException {
        var name = Form.SEALED.file(segment.number());
        var unfinished = name + FileNames.UNFINISHED;
        directory.delete(unfinished);
        var blocks = new ArrayList<Block>();
        var filters = new ArrayList<TextFilter>();
        pack(segment, unfinished, blocks, filters);
        var index = new SegmentIndex(Form.SEALED, segment.closed(), blocks);
        if (index.length() != segment.length()) {
            throw new IOException(Form.RAW.file(segment.number()) + " has " + index.length()
                    + " bytes of lines instead of " + segment.length());
        }
        var indexLength = index.write(directory, segment.number(), filters);
        directory.rename(unfinished, name);
        directory.sync();
        return ClosedSegment.of(segment.number(), segment.base(), index, indexLength, new AtomicInteger());
    }

    private void pack(ClosedSegment segment, String unfinished, List<Block> blocks, List<TextFilter> filters)
            throws IOException {
        var raw = Form.RAW.file(segment.number());
        var scan = new BlockScan();
        try (var in = directory.read(raw).orElseThrow(() -> new NoSuchFileException(raw));
                var out = directory.open(unfinished);
                var gzip = new GzipPacker()) {
            var lines = new LineBlocks(in);
            var start = 0L;
            for (var length = lines.nextOrRest(); length > 0; length = lines.nextOrRest()) {
                manners.begin();
                scan.scan(lines.bytes(), 0, length);
                var packed = gzip.pack(lines.bytes(), length);
                blocks.add(scan.block(start, length, out.length(), packed.length));
                filters.add(scan.filter());
                out.append(packed);
                start += length;
                manners.end();
            }
            out.sync();
        }
    }
}

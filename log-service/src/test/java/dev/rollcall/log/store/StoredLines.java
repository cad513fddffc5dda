package dev.rollcall.log.store;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Reads all that is stored, as a reader does who looks at each block. */
final class StoredLines {
    private StoredLines() {}

    static List<LogRecord> of(Segments segments) throws IOException {
        try (var view = segments.view()) {
            var records = new ArrayList<LogRecord>();
            for (var segment : view.segments()) {
                for (var block : segment.blocks()) {
                    var bytes = view.read(segment, block, 0);
                    assertTally(block, bytes);
                    for (var line : new String(bytes, 0, block.length(), StandardCharsets.UTF_8).split("\n", -1)) {
                        if (!line.isEmpty()) {
                            records.add(Json.read(line, LogRecord.class));
                        }
                    }
                }
            }
            return records;
        }
    }

    /** The sequences that a producer's records have or announce as dropped, in the order in which they stand. */
    static List<Long> sequences(List<LogRecord> records, String producer) {
        var sequences = new ArrayList<Long>();
        for (var record : records) {
            if (record.message().startsWith(producer + "/")) {
                sequences.add(record.sequence());
            }
            var dropped = record.dropped();
            if (dropped != null && record.message().endsWith(producer)) {
                LongStream.rangeClosed(dropped.from(), dropped.to())
                        .filter(sequence -> !sequences.contains(sequence))
                        .forEach(sequences::add);
            }
        }
        return sequences;
    }

    private static void assertTally(Block block, byte[] bytes) {
        var scan = new BlockScan();
        scan.scan(bytes, 0, block.length());
        var blockStats = scan.block(0, 0, 0, 0).stats();
        if (blockStats.records() != block.stats().records()
                || blockStats.minNanos() != block.stats().minNanos()
                || blockStats.maxNanos() != block.stats().maxNanos()
                || blockStats.services().size() != block.stats().services().size()) {
            throw new AssertionError("the index doesn't tell what is in the block: "
                    + blockStats.records() + " for " + block.stats().records() + " in "
                    + new String(bytes, 0, block.length(), StandardCharsets.UTF_8));
        }
    }
}

package dev.rollcall.log.store;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Reads all stored records, block by block. */
final class StoredLines {
    private StoredLines() {}

    static List<LogRecord> of(Segments segments) throws IOException {
        try (var view = segments.view()) {
            var records = new ArrayList<LogRecord>();
            for (var segment : view.segments()) {
                for (var block : segment.blocks()) {
                    var bytes = view.read(segment, block, 0);
                    assertStats(block, bytes);
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

    /** Returns the sequences that a producer's records have or announce as dropped, in stored order. */
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

    private static void assertStats(Block block, byte[] bytes) {
        var scan = new BlockScan();
        scan.scan(bytes, 0, block.length());
        var stats = scan.block(0, 0, 0, 0).stats();
        if (stats.records() != block.stats().records()
                || stats.minNanos() != block.stats().minNanos()
                || stats.maxNanos() != block.stats().maxNanos()
                || stats.services().size() != block.stats().services().size()) {
            throw new AssertionError("the index doesn't match the block: "
                    + stats.records() + " for " + block.stats().records() + " in "
                    + new String(bytes, 0, block.length(), StandardCharsets.UTF_8));
        }
    }
}

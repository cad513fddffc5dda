package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.Times;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the segment that was appended to last: how much of it is good, which records it holds, and of which producers.
 * Not thread-safe.
 *
 * <p>The end of the file may be torn. There, zeros mean that everything after them was never acknowledged, even if it
 * looks whole. Any other malformed line is corruption and stays: the lines after it are as good as before.
 */
final class ActiveRecovery {
    private final SequenceLedger ledger;
    private final List<Block> blocks = new ArrayList<>();
    private final LineNormalizer line = new LineNormalizer();
    private long length;
    private String producer = "";
    private long corruptLines;
    private long missing;

    /** Enters what it reads in a ledger that holds everything before this segment. */
    ActiveRecovery(SequenceLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Reads a file from its start.
     *
     * @param unsyncedFrom the offset from which data may not have been synced
     */
    void read(InputStream file, long unsyncedFrom) throws IOException {
        var lines = new LineBlocks(file);
        for (var count = lines.next(); count > 0; count = lines.next()) {
            var good = read(lines.bytes(), count, unsyncedFrom);
            if (good < count) {
                return;
            }
        }
    }

    /** Reads whole lines; returns how many bytes of them are good. */
    int read(byte[] bytes, int count, long unsyncedFrom) {
        var stats = new BlockStats();
        var start = 0;
        for (var i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                if (length + start >= unsyncedFrom && isTorn(bytes, start, i)) {
                    break;
                }
                add(bytes, start, i, stats);
                start = i + 1;
            }
        }
        if (start > 0) {
            blocks.add(Block.raw(length, start, stats));
            length += start;
        }
        return start;
    }

    /** Returns the length of the good part. */
    long length() {
        return length;
    }

    /** Returns the blocks of the good part. */
    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    private void add(byte[] bytes, int from, int to, BlockStats stats) {
        if (!line.read(bytes, from, to)) {
            stats.addUnreadable();
            corruptLines++;
            addMissing(1);
            return;
        }
        var fields = line.fields();
        stats.add(fields, line.bytes());
        if (fields.has(Field.PRODUCER)) {
            producer = fields.text(Field.PRODUCER);
        }
        if (fields.sequence() > 0 && !producer.isEmpty()) {
            var isOld = !ledger.replay(producer, line, missing, Times.instant(fields.nanos()));
            addMissing(isOld ? 1 : 0);
        }
    }

    /** Returns the number of lines that are not records; they stay in the file. */
    long corruptLines() {
        return corruptLines;
    }

    /** Notes that this many records of the file, of any producer, can't be read. */
    void addMissing(long records) {
        missing += records;
    }

    /**
     * Returns whether the line has two zeros in a row: after a crash, disk blocks that were not written read as zeros.
     */
    private static boolean isTorn(byte[] bytes, int from, int to) {
        for (var i = from + 1; i < to; i++) {
            if (bytes[i] == 0 && bytes[i - 1] == 0) {
                return true;
            }
        }
        return false;
    }
}

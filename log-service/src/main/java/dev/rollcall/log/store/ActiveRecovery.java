package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.Times;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the segment that was appended to last: how far it is good, what is in it, and whose. Not thread-safe.
 *
 * <p>What was written last may be torn. There zeros mean that what follows was never acknowledged, even if it looks whole.
 * Any other broken line is damage, and stays: what follows is as good as before.
 */
final class ActiveRecovery {
    private final SequenceLedger sequenceLedger;
    private final List<Block> blocks = new ArrayList<>();
    private final LineNormalizer line = new LineNormalizer();
    private long length;
    private String producer = "";
    private long corruptLines;
    private long missing;

    /** Enters what it reads in a ledger, which has what came before. */
    ActiveRecovery(SequenceLedger sequenceLedger) {
        this.sequenceLedger = sequenceLedger;
    }

    /**
     * Reads a file from its begin.
     *
     * @param doubtfulFrom what stands behind this may not have been synced
     */
    void read(InputStream file, long doubtfulFrom) throws IOException {
        var lines = new LineBlocks(file);
        for (var count = lines.next(); count > 0; count = lines.next()) {
            var good = read(lines.bytes(), count, doubtfulFrom);
            if (good < count) {
                return;
            }
        }
    }

    /** Reads whole lines; returns how many bytes of them are good. */
    int read(byte[] bytes, int count, long doubtfulFrom) {
        var blockStats = new BlockStats();
        var start = 0;
        for (var i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                if (length + start >= doubtfulFrom && isTorn(bytes, start, i)) {
                    break;
                }
                add(bytes, start, i, blockStats);
                start = i + 1;
            }
        }
        if (start > 0) {
            blocks.add(Block.raw(length, start, blockStats));
            length += start;
        }
        return start;
    }

    /** How much of it is good. */
    long length() {
        return length;
    }

    /** What is good of it. */
    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    private void add(byte[] bytes, int from, int to, BlockStats blockStats) {
        if (!line.read(bytes, from, to)) {
            blockStats.addUnreadable();
            corruptLines++;
            addMissing(1);
            return;
        }
        var fields = line.fields();
        blockStats.add(fields, line.bytes());
        if (fields.has(Field.PRODUCER)) {
            producer = fields.text(Field.PRODUCER);
        }
        if (fields.sequence() > 0 && !producer.isEmpty()) {
            var isOld = !sequenceLedger.replay(producer, line, missing, Times.instant(fields.nanos()));
            addMissing(isOld ? 1 : 0);
        }
    }

    /** How many lines are no records; they stay. */
    long corruptLines() {
        return corruptLines;
    }

    /** So many records of this file, of any producer, can't be read. */
    void addMissing(long records) {
        missing += records;
    }

    /** After a crash, blocks that didn't reach the disk read as zeros. A single one was somebody's doing. */
    private static boolean isTorn(byte[] bytes, int from, int to) {
        for (var i = from + 1; i < to; i++) {
            if (bytes[i] == 0 && bytes[i - 1] == 0) {
                return true;
            }
        }
        return false;
    }
}

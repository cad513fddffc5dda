package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import java.util.List;
import java.util.Locale;

/** Finds out what a block's lines are. Not thread-safe; each {@link #scan} forgets the one before. */
final class BlockScan {
    private static final List<Field> SEARCHED = List.of(Field.MESSAGE, Field.ERROR, Field.KEYS);

    private final LineNormalizer line = new LineNormalizer();
    private TimeBuckets timeBuckets = new TimeBuckets();
    private int unreadable;
    private TextFilter filter = new TextFilter();

    /** Reads whole lines. */
    void scan(byte[] bytes, int from, int to) {
        timeBuckets = new TimeBuckets();
        unreadable = 0;
        filter = new TextFilter();
        var start = from;
        for (var i = from; i <= to; i++) {
            // a damaged end ends a line too
            if (i == to ? start < to : bytes[i] == '\n') {
                add(bytes, start, i);
                start = i + 1;
            }
        }
    }

    /** The block that they are. */
    Block block(long start, int length, long fileStart, int fileLength) {
        var whole = timeBuckets.whole();
        for (var i = 0; i < unreadable; i++) {
            whole.addUnreadable();
        }
        return new Block(start, length, fileStart, fileLength, whole, timeBuckets.parts());
    }

    /** Which texts may be in them. */
    TextFilter filter() {
        return filter;
    }

    private void add(byte[] bytes, int from, int to) {
        if (!line.read(bytes, from, to)) {
            unreadable++;
            return;
        }
        var fields = line.fields();
        timeBuckets.add(fields, line.bytes());
        for (var field : SEARCHED) {
            if (fields.isPlain(field)) {
                filter.add(line.bytes(), fields.start(field), fields.end(field));
            } else if (fields.has(field)) {
                filter.add(fields.text(field).toLowerCase(Locale.ROOT));
            }
        }
        addWhole(Field.TRACE);
        addWhole(Field.INSTANCE);
    }

    private void addWhole(Field field) {
        if (line.fields().has(field)) {
            filter.addWhole(field.name(), line.fields().text(field));
        }
    }
}

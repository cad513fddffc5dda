package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineNormalizer;
import java.util.List;
import java.util.Locale;

/** Computes a block's statistics and text filter from its lines; each {@link #scan} starts anew. Not thread-safe. */
final class BlockScan {
    private static final List<Field> SEARCHED = List.of(Field.MESSAGE, Field.ERROR, Field.KEYS);

    private final LineNormalizer line = new LineNormalizer();
    private TimeBuckets buckets = new TimeBuckets();
    private int unreadable;
    private TextFilter filter = new TextFilter();

    /** Scans whole lines. */
    void scan(byte[] bytes, int from, int to) {
        buckets = new TimeBuckets();
        unreadable = 0;
        filter = new TextFilter();
        var start = from;
        for (var i = from; i <= to; i++) {
            // a missing line end ends a line too
            if (i == to ? start < to : bytes[i] == '\n') {
                add(bytes, start, i);
                start = i + 1;
            }
        }
    }

    /** Returns the scanned lines as a block. */
    Block block(long start, int length, long fileStart, int fileLength) {
        var whole = buckets.whole();
        for (var i = 0; i < unreadable; i++) {
            whole.addUnreadable();
        }
        return new Block(start, length, fileStart, fileLength, whole, buckets.parts());
    }

    /** Returns the filter of the texts in the scanned lines. */
    TextFilter filter() {
        return filter;
    }

    private void add(byte[] bytes, int from, int to) {
        if (!line.read(bytes, from, to)) {
            unreadable++;
            return;
        }
        var fields = line.fields();
        buckets.add(fields, line.bytes());
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

package dev.rollcall.log.ask;

import dev.rollcall.log.line.AnyLine;
import dev.rollcall.log.line.Severity;
import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.StoreView;
import dev.rollcall.log.store.Tally;
import java.io.IOException;

/**
 * Counts records by level in equal stretches of time. A block each of whose parts lies in one stretch is counted from
 * the index, the others are read. Not thread-safe.
 */
final class Counting implements LineSink {
    private final StoreView view;
    private final LogQuery query;
    private final long since;
    private final long until;
    private final long[][] counts;
    private final AnyLine line = new AnyLine();
    private long unreadable;

    Counting(StoreView view, LogQuery asked, long since, long until, int buckets) {
        this.view = view;
        this.query = asked.between(since, until);
        this.since = since;
        this.until = until;
        this.counts = new long[buckets][Severity.ALL.size()];
    }

    /** When a bucket begins. */
    static long begin(long since, long until, int buckets, int bucket) {
        // the remainder apart, since the product of all may be too large
        var span = until - since;
        return since + span / buckets * bucket + span % buckets * bucket / buckets;
    }

    /** For each bucket, the number of records by the rank of their severity. */
    long[][] count() throws IOException {
        var search = new Search(view, query);
        search.eachBlock(this::isCounted, this);
        return counts;
    }

    /** How many records of that time, of any kind, could not be read and are not counted. */
    long unreadable() {
        return unreadable;
    }

    @Override
    public boolean take(long segment, long offset, byte[] bytes, int from, int to) {
        if (line.read(bytes, from, to)) {
            counts[bucket(line.fields().nanos())][line.fields().severity().rank()]++;
        }
        return true;
    }

    @Override
    public void unreadable(Unreadable lines) {
        unreadable += lines.unreadable();
    }

    /** Counts a block without reading it, if that is possible; whether it was. */
    private boolean isCounted(Block block) {
        var parts = block.parts().stream().filter(query::isInTime).toList();
        if (query.countIn(block).isEmpty() || !parts.stream().allMatch(this::isOfOneBucket)) {
            return false;
        }
        parts.forEach(part -> add(part, counts[bucket(part.minNanos())]));
        return true;
    }

    private boolean isOfOneBucket(Tally tally) {
        return bucket(tally.minNanos()) == bucket(tally.maxNanos());
    }

    private void add(Tally tally, long[] bucket) {
        for (var service : tally.services()) {
            if (query.isOfService(service.name())) {
                for (var i = query.level().rank(); i < bucket.length; i++) {
                    bucket[i] += service.of(Severity.ALL.get(i));
                }
            }
        }
    }

    private int bucket(long nanos) {
        var low = 0;
        var high = counts.length - 1;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (begin(since, until, counts.length, middle) <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}

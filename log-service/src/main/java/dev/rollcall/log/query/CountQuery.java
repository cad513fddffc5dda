package dev.rollcall.log.query;

import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.Times;
import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.BlockStats;
import dev.rollcall.log.store.StoreView;
import dev.rollcall.wire.Severity;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Counts records by level in time buckets of equal length. Uses the index for blocks each of whose parts lies in one
 * bucket, and reads the others. Not thread-safe.
 */
final class CountQuery implements LineSink {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    private final StoreView view;
    private final LogQuery query;
    private final List<Instant> begins;
    private final long[][] counts;
    private final LineNormalizer line = new LineNormalizer();
    private long unreadable;

    CountQuery(StoreView view, LogQuery requested, Instant until, List<Instant> begins) {
        this.view = view;
        this.query = requested.between(begins.get(0), until);
        this.begins = List.copyOf(begins);
        this.counts = new long[begins.size()][Severity.ALL.size()];
    }

    /** Returns the starts of equal buckets between two times; empty if the times are too close. */
    static List<Instant> begins(Instant since, Instant until, int buckets) {
        var first = nanos(since);
        var span = nanos(until).subtract(first);
        if (span.compareTo(BigInteger.valueOf(buckets)) < 0) {
            return List.of();
        }
        return IntStream.range(0, buckets)
                .mapToObj(i -> span.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(buckets)))
                .map(distance -> distance.divideAndRemainder(SECOND))
                .map(parts -> since.plusSeconds(parts[0].longValueExact()).plusNanos(parts[1].longValueExact()))
                .toList();
    }

    /** Returns nanoseconds as a big number, since a range of 10,000 years exceeds a {@code long}. */
    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond()).multiply(SECOND).add(BigInteger.valueOf(time.getNano()));
    }

    /** Returns, for each bucket, the number of records by the rank of their severity. */
    long[][] count() throws IOException {
        var search = new Search(view, query);
        search.eachBlock(this::isCounted, this);
        return counts;
    }

    /** Returns how many records in the time range, of any kind, could not be read and are not counted. */
    long unreadable() {
        return unreadable;
    }

    @Override
    public boolean accept(long segment, long offset, byte[] bytes, int from, int to) {
        if (line.read(bytes, from, to)) {
            var bucket = bucket(begin -> line.fields().compareTime(begin) >= 0);
            counts[bucket][line.fields().severity().rank()]++;
        }
        return true;
    }

    @Override
    public void unreadable(UnreadableRecords lines) {
        unreadable += lines.unreadable();
    }

    /** Counts a block from the index if possible; returns whether it did. */
    private boolean isCounted(Block block) {
        var parts = block.parts().stream().filter(query::isInTime).toList();
        if (query.countIn(block).isEmpty() || !parts.stream().allMatch(this::isOfOneBucket)) {
            return false;
        }
        parts.forEach(part -> add(part, counts[bucketOf(part.minNanos())]));
        return true;
    }

    private boolean isOfOneBucket(BlockStats stats) {
        return !Times.isFar(stats.minNanos())
                && !Times.isFar(stats.maxNanos())
                && bucketOf(stats.minNanos()) == bucketOf(stats.maxNanos());
    }

    private void add(BlockStats stats, long[] bucket) {
        for (var service : stats.services()) {
            if (query.isOfService(service.name())) {
                for (var i = query.level().rank(); i < bucket.length; i++) {
                    bucket[i] += service.of(Severity.ALL.get(i));
                }
            }
        }
    }

    private int bucketOf(long nanos) {
        var time = Times.instant(nanos);
        return bucket(begin -> !time.isBefore(begin));
    }

    /** Returns the last bucket that begins at or before a time. */
    private int bucket(Predicate<Instant> isBegun) {
        var low = 0;
        var high = counts.length - 1;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (isBegun.test(begins.get(middle))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}

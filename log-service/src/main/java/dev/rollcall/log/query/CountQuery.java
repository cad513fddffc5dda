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
 * Counts records by level in equal stretches of time. A block each of whose parts lies in one stretch is counted from
 * the index, the others are read. Not thread-safe.
 */
final class CountQuery implements LineSink {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    private final StoreView view;
    private final LogQuery query;
    private final List<Instant> begins;
    private final long[][] counts;
    private final LineNormalizer line = new LineNormalizer();
    private long unreadable;

    CountQuery(StoreView view, LogQuery asked, Instant until, List<Instant> begins) {
        this.view = view;
        this.query = asked.between(begins.get(0), until);
        this.begins = List.copyOf(begins);
        this.counts = new long[begins.size()][Severity.ALL.size()];
    }

    /** When each of equal buckets between two times begins; empty if they are too near to each other. */
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

    /** In any number of digits, since ten thousand years have too many for a long. */
    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond()).multiply(SECOND).add(BigInteger.valueOf(time.getNano()));
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

    /** Counts a block without reading it, if that is possible; whether it was. */
    private boolean isCounted(Block block) {
        var parts = block.parts().stream().filter(query::isInTime).toList();
        if (query.countIn(block).isEmpty() || !parts.stream().allMatch(this::isOfOneBucket)) {
            return false;
        }
        parts.forEach(part -> add(part, counts[bucketOf(part.minNanos())]));
        return true;
    }

    private boolean isOfOneBucket(BlockStats blockStats) {
        return !Times.isFar(blockStats.minNanos())
                && !Times.isFar(blockStats.maxNanos())
                && bucketOf(blockStats.minNanos()) == bucketOf(blockStats.maxNanos());
    }

    private void add(BlockStats blockStats, long[] bucket) {
        for (var service : blockStats.services()) {
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

    /** The last bucket that begins before a time, or at it. */
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

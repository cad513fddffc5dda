package dev.rollcall.grading.book;

import dev.rollcall.grading.book.StudentQuery.Order;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Computes and caches the sort orders of a roster, as arrays of indexes. Thread-safe. */
final class SortOrders {
    /** An average below this, in hundredths of a percent, fits into a long together with an index. */
    private static final long PACKED_MAX = 1L << 38;

    private static final int INDEX_BITS = 24;

    private final Map<Key, int[]> cached = new ConcurrentHashMap<>();

    /** Returns the orders that stay valid when only grades change. */
    SortOrders withoutAverages() {
        var copy = new SortOrders();
        cached.forEach((key, indexes) -> {
            if (key.order() != Order.AVERAGE) {
                copy.cached.put(key, indexes);
            }
        });
        return copy;
    }

    /** Returns the indexes of all entries in this order; ties are ordered by id. */
    int[] indexes(Order order, boolean descending, StudentEntry[] entries, Average[] averages) {
        return cached.computeIfAbsent(new Key(order, descending), key -> switch (order) {
            case ID -> byId(entries.length, descending);
            case NAME -> byName(entries, descending);
            case AVERAGE -> byAverage(averages, descending);
        });
    }

    private static int[] byId(int size, boolean descending) {
        return IntStream.range(0, size).map(i -> descending ? size - 1 - i : i).toArray();
    }

    private static int[] byName(StudentEntry[] entries, boolean descending) {
        Comparator<Integer> byName = Comparator.comparing(i -> entries[i].foldedName());
        return sorted(entries.length, descending ? byName.reversed() : byName);
    }

    /** Puts students without an average last, in either direction. */
    private static int[] byAverage(Average[] averages, boolean descending) {
        var keys = new long[averages.length];
        for (var i = 0; i < averages.length; i++) {
            var soFar = averages[i].soFar();
            var hundredths = soFar == null ? PACKED_MAX : hundredths(soFar);
            if ((soFar != null && hundredths >= PACKED_MAX) || i >= 1 << INDEX_BITS) {
                return byAnyAverage(averages, descending);
            }
            var rank = soFar != null && descending ? PACKED_MAX - 1 - hundredths : hundredths;
            keys[i] = (rank << INDEX_BITS) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys)
                .mapToInt(key -> (int) (key & ((1 << INDEX_BITS) - 1)))
                .toArray();
    }

    private static long hundredths(BigDecimal average) {
        return average.compareTo(BigDecimal.valueOf(PACKED_MAX / 100)) >= 0
                ? PACKED_MAX
                : average.movePointRight(2).longValueExact();
    }

    private static int[] byAnyAverage(Average[] averages, boolean descending) {
        Comparator<BigDecimal> direction = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return sorted(averages.length, Comparator.comparing(i -> averages[i].soFar(), Comparator.nullsLast(direction)));
    }

    /** Sorts stably, so that ties stay ordered by id. */
    private static int[] sorted(int size, Comparator<Integer> order) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private record Key(Order order, boolean descending) {}
}

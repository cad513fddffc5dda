package dev.rollcall.grading.book;

import dev.rollcall.grading.book.StudentQuery.Order;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** In which orders a roster's pages may be shown, each found out when first asked for. Thread-safe. */
final class SortOrders {
    /** An average in hundredths of a percent below this leaves room in a long for a page's place. */
    private static final long PACKED_MAX = 1L << 38;

    private static final int PLACE_BITS = 24;

    private final Map<Key, int[]> known = new ConcurrentHashMap<>();

    /** Those that stay when only grades change. */
    SortOrders withoutAverages() {
        var kept = new SortOrders();
        known.forEach((key, places) -> {
            if (key.order() != Order.AVERAGE) {
                kept.known.put(key, places);
            }
        });
        return kept;
    }

    /** The places of all pages; equal ones by id. */
    int[] of(Order order, boolean descending, StudentEntry[] pages, Average[] averages) {
        return known.computeIfAbsent(new Key(order, descending), key -> switch (order) {
            case ID -> byId(pages.length, descending);
            case NAME -> byName(pages, descending);
            case AVERAGE -> byAverage(averages, descending);
        });
    }

    private static int[] byId(int size, boolean descending) {
        return IntStream.range(0, size).map(i -> descending ? size - 1 - i : i).toArray();
    }

    private static int[] byName(StudentEntry[] pages, boolean descending) {
        Comparator<Integer> byName = Comparator.comparing(i -> pages[i].name());
        return sorted(pages.length, descending ? byName.reversed() : byName);
    }

    /** Those without one come last, either way. */
    private static int[] byAverage(Average[] averages, boolean descending) {
        var keys = new long[averages.length];
        for (var i = 0; i < averages.length; i++) {
            var soFar = averages[i].soFar();
            var hundredths = soFar == null ? PACKED_MAX : hundredths(soFar);
            if ((soFar != null && hundredths >= PACKED_MAX) || i >= 1 << PLACE_BITS) {
                return byAnyAverage(averages, descending);
            }
            var rank = soFar != null && descending ? PACKED_MAX - 1 - hundredths : hundredths;
            keys[i] = (rank << PLACE_BITS) | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys)
                .mapToInt(key -> (int) (key & ((1 << PLACE_BITS) - 1)))
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

    /** Stable, so that equal ones stay in the order of their ids. */
    private static int[] sorted(int size, Comparator<Integer> order) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private record Key(Order order, boolean descending) {}
}

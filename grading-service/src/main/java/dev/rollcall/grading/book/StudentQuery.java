package dev.rollcall.grading.book;

import java.util.Locale;
import java.util.Optional;

/**
 * Which students are asked for, and in which order.
 *
 * @param search words that begin words of the name; empty for all
 */
public record StudentQuery(Filter filter, Order order, boolean descending, String search) {
    /** Which students. */
    public enum Filter {
        /** Those in the class. */
        ACTIVE,
        /** Those who left it. */
        WITHDRAWN,
        /** All. */
        ALL;

        /** By its name in a query. */
        public static Optional<Filter> of(String text) {
            return find(values(), text);
        }
    }

    /** By what they are sorted; equal ones by id. */
    public enum Order {
        /** Last name, then first name, without case and accents. */
        NAME,
        /** The number. */
        ID,
        /** The average so far as it is shown; those without one come last. */
        AVERAGE;

        /** By its name in a query. */
        public static Optional<Order> of(String text) {
            return find(values(), text);
        }
    }

    private static <E extends Enum<E>> Optional<E> find(E[] all, String text) {
        for (var each : all) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}

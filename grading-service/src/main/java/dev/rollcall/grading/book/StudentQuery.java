package dev.rollcall.grading.book;

import java.util.Locale;
import java.util.Optional;

/**
 * A query for students, with the order of the result.
 *
 * @param search prefixes of words in the name, separated by blanks; empty for all students
 */
public record StudentQuery(Filter filter, Order order, boolean descending, String search) {
    /** The students to include. */
    public enum Filter {
        /** Students in the class. */
        ACTIVE,
        /** Students who left the class. */
        WITHDRAWN,
        /** All students. */
        ALL;

        /** Parses the name used in queries. */
        public static Optional<Filter> of(String text) {
            return find(values(), text);
        }
    }

    /** The sort key; ties are ordered by id. */
    public enum Order {
        /** Last name, then first name, ignoring case and accents. */
        NAME,
        /** The student's id. */
        ID,
        /** The rounded average so far; students without one come last. */
        AVERAGE;

        /** Parses the name used in queries. */
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

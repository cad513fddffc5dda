package dev.rollcall.portal.page;

import java.util.List;

/**
 * A part of a page: rows, or why there are none.
 *
 * @param rows what is shown
 * @param note why there is nothing, or what else is to be known; empty if there is no more to say
 */
public record Section<T>(List<T> rows, String note) {
    /** Copies. */
    public Section {
        rows = List.copyOf(rows);
    }

    /** Rows with nothing more to say. */
    public static <T> Section<T> of(List<T> rows) {
        return new Section<>(rows, "");
    }

    /** No rows, and why. */
    public static <T> Section<T> without(String reason) {
        return new Section<>(List.of(), reason);
    }
}

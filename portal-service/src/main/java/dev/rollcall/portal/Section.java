package dev.rollcall.portal;

import java.util.List;

/**
 * A part of a page: rows, or why there are none.
 *
 * @param rows what is shown
 * @param note why there is nothing, or what else is to be known; empty if there is no more to say
 */
record Section<T>(List<T> rows, String note) {
    /** Copies. */
    Section {
        rows = List.copyOf(rows);
    }

    static <T> Section<T> of(List<T> rows) {
        return new Section<>(rows, "");
    }

    static <T> Section<T> without(String reason) {
        return new Section<>(List.of(), reason);
    }
}

package dev.rollcall.portal.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A part of a page: rows, or the reason why there are none.
 *
 * @param rows the rows shown
 * @param note why there is nothing, or a remark; may be empty
 */
public record Section<T>(List<T> rows, String note) {
    public Section {
        rows = List.copyOf(rows);
    }

    public static <T> Section<T> of(List<T> rows) {
        return new Section<>(rows, "");
    }

    /** Returns no rows, with the reason. */
    public static <T> Section<T> without(String reason) {
        return new Section<>(List.of(), reason);
    }

    /** Returns the rows in reverse order. */
    public List<T> reversed() {
        var reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        return reversed;
    }
}

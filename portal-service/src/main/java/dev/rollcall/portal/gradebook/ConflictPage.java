package dev.rollcall.portal.gradebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody else changed what was to be changed: both values, and a choice.
 *
 * @param what it is, such as a grade's title
 * @param rows what differs: what it is, theirs, mine
 * @param action where my form goes
 * @param fields my form, now on top of theirs
 * @param token of this showing
 * @param back where theirs is seen
 */
record ConflictPage(String what, List<Row> rows, String action, Map<String, String> fields, String token, String back) {
    /** Copies. */
    ConflictPage {
        rows = List.copyOf(rows);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    record Row(String name, String theirs, String mine) {}
}

package dev.rollcall.portal.gradebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of an edit conflict: both values, and a choice.
 *
 * @param what the changed object, such as a grade's title
 * @param rows the differences
 * @param action the target of my form
 * @param fields the fields of my form, based on their version
 * @param token the token of my form
 * @param back the page that shows theirs
 */
record ConflictPage(String what, List<Row> rows, String action, Map<String, String> fields, String token, String back) {
    ConflictPage {
        rows = List.copyOf(rows);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    record Row(String name, String theirs, String mine) {}
}

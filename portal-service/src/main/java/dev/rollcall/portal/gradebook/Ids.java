package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Parses the ids of students, grades and items. */
final class Ids {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private Ids() {}

    static OptionalLong of(Request request, String place) {
        return of(request.pathValue(place));
    }

    static OptionalLong of(String text) {
        return ID.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Returns the id, or 0 if it is malformed. */
    static long orZero(String text) {
        return of(text).orElse(0);
    }
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the numbers by which students, grades and items are known. */
final class Ids {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private Ids() {}

    static OptionalLong of(Request request, String place) {
        return of(request.pathValue(place));
    }

    static OptionalLong of(String text) {
        return ID.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The number, or 0. */
    static long orZero(String text) {
        return of(text).orElse(0);
    }
}

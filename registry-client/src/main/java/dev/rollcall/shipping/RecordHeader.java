package dev.rollcall.shipping;

import java.util.Locale;
import java.util.Optional;

/**
 * A record's JSON as the value of {@code Log-Record}. It goes beside the plain form, which has no place for level, logger,
 * instance and the others: a plain log service doesn't look at it.
 */
final class RecordHeader {
    static final String NAME = "Log-Record";
    /** Servers take that much in a line, and some not much more. */
    private static final int CHARS_MAX = 8_000;

    private RecordHeader() {}

    /** In ASCII, as headers are; empty if it would be too long for a header. */
    static Optional<String> of(String json) {
        var value = new StringBuilder(json.length());
        for (var i = 0; i < json.length() && value.length() <= CHARS_MAX; i++) {
            var c = json.charAt(i);
            // in JSON such a character stands in strings only, where it may be written so
            if (c < ' ' || c > '~') {
                value.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                value.append(c);
            }
        }
        return value.length() > CHARS_MAX ? Optional.empty() : Optional.of(value.toString());
    }
}

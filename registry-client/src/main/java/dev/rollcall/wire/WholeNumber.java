package dev.rollcall.wire;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Parses the whole numbers of headers, queries and settings: at most 18 ASCII digits, no sign. */
public final class WholeNumber {
    private static final Pattern DIGITS = Pattern.compile("0*([0-9]{1,18})");

    private WholeNumber() {}

    /** Returns the number, ignoring surrounding blanks; empty if the text is none. */
    public static OptionalLong parse(String text) {
        var digits = DIGITS.matcher(text.strip());
        return digits.matches() ? OptionalLong.of(Long.parseLong(digits.group(1))) : OptionalLong.empty();
    }
}

package dev.rollcall.wire;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the whole numbers of headers, queries and settings: ASCII digits, no sign, at most 18 of them. */
public final class WholeNumber {
    private static final Pattern DIGITS = Pattern.compile("0*([0-9]{1,18})");

    private WholeNumber() {}

    /** The number; empty if the text, without blanks around it, is none. */
    public static OptionalLong parse(String text) {
        var digits = DIGITS.matcher(text.strip());
        return digits.matches() ? OptionalLong.of(Long.parseLong(digits.group(1))) : OptionalLong.empty();
    }
}

package dev.rollcall.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one grammar of times in records, responses and parameters: RFC 3339 and its common variants.
 *
 * <p>{@code 2026-11-22T10:15:37.123456+01:00}: {@code T}, {@code t} or a blank; seconds and fraction optional; a
 * point or a comma; {@code Z}, {@code z} or an offset with or without colon or minutes, optionally after a blank.
 */
public final class TimeText {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,100}))?)?"
                    + "(?: ?([+-])(\\d\\d)(?::?(\\d\\d))?| ?[Zz])");
    private static final int DAY_SECONDS = 86_400;
    private static final int NANO_DIGITS = 9;

    private TimeText() {}

    /**
     * Parses a time. Nine digits of a fraction count. A leap second counts as the second before it, 24:00 as the next
     * day.
     *
     * @throws DateTimeException if the text is no time; the message is fit for the client
     */
    public static Instant parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new DateTimeException("not an ISO 8601 time of the years 0000 to 9999 with its zone");
        }
        var day = LocalDate.of(number(match.group(1)), number(match.group(2)), number(match.group(3)))
                .toEpochDay();
        var hour = number(match.group(4));
        var minute = bounded(match.group(5), 59);
        var second = bounded(match.group(6), 60);
        var nano = nano(match.group(7));
        if (hour > 24 || (hour == 24 && minute + second + nano > 0)) {
            throw new DateTimeException("not an hour of the day");
        }
        var offset = bounded(match.group(9), 23) * 3_600 + bounded(match.group(10), 59) * 60;
        var minuteBegin =
                day * DAY_SECONDS + hour * 3_600L + minute * 60L + ("-".equals(match.group(8)) ? offset : -offset);
        if (second == 60 && Math.floorMod(minuteBegin, DAY_SECONDS) != DAY_SECONDS - 60) {
            throw new DateTimeException("a leap second is the last one of a day");
        }
        return Instant.ofEpochSecond(minuteBegin + Math.min(second, 59), nano);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int bounded(@Nullable String digits, int max) {
        var number = number(digits);
        if (number > max) {
            throw new DateTimeException(number + " where at most " + max + " is possible");
        }
        return number;
    }

    private static int nano(@Nullable String digits) {
        var nine = digits == null ? "" : digits.substring(0, Math.min(digits.length(), NANO_DIGITS));
        return nine.isEmpty() ? 0 : Integer.parseInt(nine + "0".repeat(NANO_DIGITS - nine.length()));
    }
}

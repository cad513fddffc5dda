package dev.rollcall.log.line;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Parses record times, {@code 2026-11-22T09:15:37.123456Z}. Not thread-safe: it caches the last date, which the next
 * record mostly shares.
 */
final class TimeReader {
    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST = "2026-11-22T09:15:37Z".length();
    private static final int LONGEST = SHORTEST + 10;
    private static final int DAY_SECONDS = 86_400;

    private int lastDate = -1;
    private long lastEpochDay;
    private long seconds;
    private int nano;

    /** Returns whether the bytes are a time. Only then are the other methods valid. */
    boolean read(byte[] bytes, int from, int to) {
        if (to - from < SHORTEST || to - from > LONGEST || bytes[to - 1] != 'Z' || !isPunctuated(bytes, from)) {
            return false;
        }
        var date = number(bytes, from, 4) * 10_000 + number(bytes, from + 5, 2) * 100 + number(bytes, from + 8, 2);
        var hour = number(bytes, from + 11, 2);
        var minute = number(bytes, from + 14, 2);
        var second = number(bytes, from + 17, 2);
        if (date < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        var fraction = fraction(bytes, from + SHORTEST - 1, to - 1);
        if (fraction < 0 || (date != lastDate && !isDate(date))) {
            return false;
        }
        seconds = lastEpochDay * DAY_SECONDS + hour * 3_600L + minute * 60L + second;
        nano = fraction;
        return true;
    }

    /** Returns the last parsed time in nanoseconds, as {@link Times} counts. */
    long nanos() {
        return Times.nanos(seconds, nano);
    }

    /** Compares the last parsed time to another: below, at or above 0. */
    int compareTo(Instant other) {
        var order = Long.compare(seconds, other.getEpochSecond());
        return order != 0 ? order : Integer.compare(nano, other.getNano());
    }

    private static boolean isPunctuated(byte[] bytes, int from) {
        return bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && bytes[from + DATE_LENGTH] == 'T'
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':';
    }

    private boolean isDate(int date) {
        try {
            lastEpochDay =
                    LocalDate.of(date / 10_000, date / 100 % 100, date % 100).toEpochDay();
            lastDate = date;
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Parses nothing, or a point and 1 to 9 digits, into nanoseconds; below 0 if malformed. */
    private static int fraction(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        var digits = to - from - 1;
        if (bytes[from] != '.' || digits < 1 || digits > 9) {
            return -1;
        }
        var value = number(bytes, from + 1, digits);
        for (var i = digits; i < 9 && value > 0; i++) {
            value *= 10;
        }
        return value;
    }

    /** Parses a number of exactly {@code count} digits; far below 0 if malformed. */
    private static int number(byte[] bytes, int from, int count) {
        var value = 0;
        for (var i = from; i < from + count; i++) {
            var digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -100_000_000;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}

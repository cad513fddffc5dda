package dev.rollcall.shipping;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which records a shipper drops when its bound is reached. */
public enum DropPolicy {
    /** New records while there is no room. Keeps what led to the trouble. */
    NEWEST(Level.ALL_INT),
    /** The oldest records, a file at a time. Keeps what happens now. */
    OLDEST(Level.ALL_INT),
    /** Above three quarters of the bound records below INFO, then the newest. */
    BELOW_INFO(Level.INFO_INT),
    /** Above three quarters of the bound records below WARN, then the newest. */
    BELOW_WARN(Level.WARN_INT),
    /** Above three quarters of the bound records below ERROR, then the newest. */
    BELOW_ERROR(Level.ERROR_INT);

    private final int levelMin;

    DropPolicy(int levelMin) {
        this.levelMin = levelMin;
    }

    /** Parses {@code newest}, {@code below-warn} …; throws {@link IllegalArgumentException} with the allowed values. */
    public static DropPolicy of(String text) {
        for (var policy : values()) {
            if (policy.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "one of " + Arrays.stream(values()).map(DropPolicy::toString).collect(Collectors.joining(", ")));
    }

    /** Whether there is room for one more record. */
    boolean admits(int level, long used, long max) {
        return used <= max && (level >= levelMin || used <= max / 4 * 3);
    }

    /** Returns why a record was not admitted; {@code what} names the full buffer. */
    String reason(int level, long used, long max, String what) {
        return used > max || level >= levelMin
                ? what + " was full"
                : what + " was nearly full, and they were below " + Level.toLevel(levelMin);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

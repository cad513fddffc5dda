package dev.rollcall.shipping;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which records a shipper gives up when its bound is reached. */
public enum DropPolicy {
    /** Those that come while there is no room. What led to the trouble is kept. */
    NEWEST(Level.ALL_INT),
    /** Those that have waited longest, a file at a time. What happens now is kept. */
    OLDEST(Level.ALL_INT),
    /** Above three quarters of the bound those below INFO, then the newest. */
    BELOW_INFO(Level.INFO_INT),
    /** Above three quarters of the bound those below WARN, then the newest. */
    BELOW_WARN(Level.WARN_INT),
    /** Above three quarters of the bound those below ERROR, then the newest. */
    BELOW_ERROR(Level.ERROR_INT);

    private final int spared;

    DropPolicy(int spared) {
        this.spared = spared;
    }

    /** Reads {@code newest}, {@code below-warn} …; throws {@link IllegalArgumentException} that says what is allowed. */
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
        return used <= max && (level >= spared || used <= max / 4 * 3);
    }

    /** Why one was not admitted. */
    String reason(int level, long used, long max, String what) {
        return used > max || level >= spared
                ? what + " was full"
                : what + " was nearly full, and they were below " + Level.toLevel(spared);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.rollcall.portal.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats how long ago an instant was. */
public final class Age {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Age() {}

    /**
     * Returns {@code 2 s ago}, {@code 5 min ago}, {@code 3 h ago}, and the date from two days on. Future instants are
     * {@code just now}.
     */
    public static String of(Instant then, Instant now) {
        var age = Duration.between(then, now);
        if (age.compareTo(Duration.ofSeconds(1)) < 0) {
            return "just now";
        }
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return age.toSeconds() + " s ago";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min ago";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h ago" : DATE.format(then);
    }
}

package dev.rollcall.log.line;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The levels, the least severe first. */
public enum Severity {
    TRACE(0),
    DEBUG(1),
    INFO(2),
    WARN(3),
    ERROR(4);

    /** All of them, by their ranks. */
    public static final List<Severity> ALL = List.of(values());

    private final int rank;

    Severity(int rank) {
        this.rank = rank;
    }

    /** How many levels are less severe. */
    public int rank() {
        return rank;
    }

    /** The level of a name in any case; empty if it is none. */
    public static Optional<Severity> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a record's level counts as: INFO if it has none, as plain ones have, or one that isn't known. */
    public static Severity of(String level) {
        return named(level).orElse(INFO);
    }
}

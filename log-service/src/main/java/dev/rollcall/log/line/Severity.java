package dev.rollcall.log.line;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The levels, the least severe first. */
public enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** All of them, by their ordinals. */
    public static final List<Severity> ALL = List.of(values());

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

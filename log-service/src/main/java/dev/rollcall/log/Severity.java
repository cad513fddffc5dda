package dev.rollcall.log;

import java.util.Locale;
import java.util.Optional;

/** The levels, the least severe first. */
enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** The level of a name in any case; empty if it is none. */
    static Optional<Severity> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

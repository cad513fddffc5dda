package dev.rollcall.registry;

/** The outcome of a registration or deregistration. */
sealed interface Decision {
    /** Done, and on disk. */
    record Done(long revision) implements Decision {}

    /** No such instance is on the roll. */
    record Unknown() implements Decision {}

    /** Not possible at present; nothing was done. */
    record Unavailable(String reason) implements Decision {}
}

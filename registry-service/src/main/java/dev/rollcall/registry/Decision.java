package dev.rollcall.registry;

/** What became of a registration or a deregistration. */
sealed interface Decision {
    /** It is done, and on disk. */
    record Done(long revision) implements Decision {}

    /** There is no such instance. */
    record Unknown() implements Decision {}

    /** It can't be done now, and nothing was done. */
    record Unavailable(String reason) implements Decision {}
}

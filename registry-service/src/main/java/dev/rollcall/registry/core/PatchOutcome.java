package dev.rollcall.registry.core;

/** The outcome of a patch. */
public enum PatchOutcome {
    /** It was acknowledged. */
    APPLIED,
    /** The dependant's view is not what the patch starts from. */
    CONFLICT,
    /** It certainly did not arrive. */
    NOT_DELIVERED,
    /** It may have arrived. */
    UNKNOWN
}

package dev.rollcall.shipping;

/** An entry for one or several sequences of a session: a record, or the announcement that records are missing. */
sealed interface SpillEntry permits EncodedRecord, DroppedRange {
    long first();

    long last();

    /** Returns the approximate size in memory, on disk and on the wire. */
    int bytes();
}

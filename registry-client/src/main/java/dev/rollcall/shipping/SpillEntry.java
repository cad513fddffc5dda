package dev.rollcall.shipping;

/** What stands for one or several sequences of a run: a record, or the announcement that there is none. */
sealed interface SpillEntry permits EncodedRecord, DroppedRange {
    /** The first sequence it stands for. */
    long first();

    /** The last sequence it stands for. */
    long last();

    /** About its size, in memory, on disk and on the wire. */
    int bytes();
}

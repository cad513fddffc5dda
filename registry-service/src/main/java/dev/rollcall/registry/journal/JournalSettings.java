package dev.rollcall.registry.journal;

/**
 * The bounds of a {@link Journal}.
 *
 * @param journalBytes from which size on the journal is replaced by a snapshot; a higher bound makes the start slower,
 *     a lower one costs more writing
 * @param snapshotFactor how many times as large as the snapshot the journal must be, too, so that what is written in
 *     all grows by a part only
 * @param pendingBytesMax how much may wait or be on its way to disk; more is refused
 */
record JournalSettings(long journalBytes, int snapshotFactor, long pendingBytesMax) {
    /** 8 MiB, 3, 32 MiB. */
    static final JournalSettings DEFAULT = new JournalSettings(8 << 20, 3, 32 << 20);
}

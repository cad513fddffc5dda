package dev.rollcall.registry.journal;

/**
 * The bounds of a {@link Journal}.
 *
 * @param journalBytes the size from which the journal is replaced by a snapshot; a higher bound makes the start slower,
 *     a lower one costs more writing
 * @param snapshotFactor how many times larger than the snapshot the journal must be too, which bounds the total of
 *     bytes written
 * @param pendingBytesMax how many bytes may be pending or in flight; more is refused
 */
record JournalSettings(long journalBytes, int snapshotFactor, long pendingBytesMax) {
    /** 8 MiB, 3, 32 MiB. */
    static final JournalSettings DEFAULT = new JournalSettings(8 << 20, 3, 32 << 20);
}

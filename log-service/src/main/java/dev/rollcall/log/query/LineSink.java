package dev.rollcall.log.query;

import java.io.IOException;

/** Receives lines that were found. */
@FunctionalInterface
interface LineSink {
    /**
     * Receives a line without its line end; the bytes are valid during the call only.
     *
     * @param segment of the line's position
     * @param offset of the line's position
     * @return whether to continue
     */
    boolean accept(long segment, long offset, byte[] bytes, int from, int to) throws IOException;

    /** Receives a range of lines that can't be read. */
    default void unreadable(UnreadableRecords lines) throws IOException {
        // a sink that only counts ignores it
    }
}

package dev.rollcall.log.query;

import java.io.IOException;

/** Takes lines that were found. */
@FunctionalInterface
interface LineSink {
    /**
     * Takes a line, its end excluded; its bytes are valid during the call only.
     *
     * @param segment of the line's position
     * @param offset of the line's position
     * @return whether it wants more
     */
    boolean accept(long segment, long offset, byte[] bytes, int from, int to) throws IOException;

    /** Is told that at this place there are lines that can't be read. */
    default void unreadable(UnreadableRecords lines) throws IOException {
        // who only counts has no place to say so
    }
}

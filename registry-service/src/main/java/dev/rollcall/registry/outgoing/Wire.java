package dev.rollcall.registry.outgoing;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Carries one connection's bytes, as they are or encrypted. Owned by the selector's thread; nothing blocks. */
interface Wire {
    /**
     * Goes on with making the connected channel ready for requests; {@code true} once it is. Until then it is to be
     * called again when the channel is ready.
     *
     * @param again what else calls for another call, from the selector's thread
     * @throws IOException if the other side isn't who it should be, or doesn't speak TLS
     */
    boolean isSecured(Runnable again) throws IOException;

    /** Whether it waits for something else than the channel. */
    boolean isWorking();

    /** Sends what can be sent at once; the rest stays in the buffer. */
    void write(ByteBuffer out) throws IOException;

    /** Whether it has taken bytes that the channel has not. */
    boolean hasUnsent();

    /** Reads what is there: the number of bytes, which may be 0; -1 at the end. */
    int read(ByteBuffer in) throws IOException;

    /** Whether nothing comes any more, though the last {@link #read} gave something. */
    boolean isEnded();

    /** Says goodbye where that is usual, and closes the channel. */
    void close() throws IOException;
}

package dev.rollcall.registry.outgoing;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Carries one connection's bytes, plain or encrypted. Confined to the selector's thread; never blocks. */
interface Wire {
    /**
     * Continues to prepare the connected channel for requests; returns {@code true} once it is ready. Until then it is
     * to be called again whenever the channel is ready.
     *
     * @param again called on the selector's thread when another call is due for another reason
     * @throws IOException if the other side is not the expected one, or does not speak TLS
     */
    boolean isSecured(Runnable again) throws IOException;

    /** Returns whether it waits for a computation rather than for the channel. */
    boolean isWorking();

    /** Sends what can be sent at once; the rest stays in the buffer. */
    void write(ByteBuffer out) throws IOException;

    /** Returns whether it holds bytes that the channel has not taken. */
    boolean hasUnsent();

    /** Reads what has arrived; returns the number of bytes, possibly 0, or -1 at the end. */
    int read(ByteBuffer in) throws IOException;

    /** Returns whether the stream has ended, even if the last {@link #read} returned bytes. */
    boolean isEnded();

    /** Closes the channel, after close_notify if encrypted. */
    void close() throws IOException;
}

package dev.rollcall.http;

import java.util.Locale;
import java.util.function.Consumer;

/** The sending end of a response without a fixed end. It occupies no thread while idle. Thread-safe, non-blocking. */
public interface LiveStream {
    /**
     * Sends a chunk after those offered before, as soon as the client reads it. The array must not change any more.
     *
     * <p>Pending chunks are bounded by the size given to {@link Response#live}; a single one may be larger. A stream
     * whose queue is full is dropped, because its client is too slow.
     *
     * @return whether it was accepted; {@code false} once the stream has an end, or if this call ends it
     */
    boolean offer(byte[] chunk);

    /** Returns the offered bytes that are not written yet. */
    long pendingBytes();

    /**
     * Sets the listener called, by any thread, whenever everything offered has been written. It must not block. A
     * stream has one such listener.
     */
    void onIdle(Runnable listener);

    /** Ends the response after what was offered so far. */
    void close();

    /** Adds a listener called once at the stream's end, by any thread; at once if it is over. It must not block. */
    void onClosed(Consumer<End> listener);

    /** Why a stream ended. */
    enum End {
        /** The server side closed it. */
        CLOSED,
        /** The client disconnected; noticed when something is sent to it, mostly by the second write. */
        GONE,
        /** The client did not read in time. */
        SLOW,
        /** The server is stopping. */
        STOPPING;

        /** Returns the label value in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

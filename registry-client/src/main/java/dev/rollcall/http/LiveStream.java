package dev.rollcall.http;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * The sending end of an answer that goes on for as long as there is something to say, and costs no thread while there
 * isn't. Thread-safe; nothing here blocks.
 */
public interface LiveStream {
    /**
     * Sends a chunk after those offered before, as soon as the other side takes it; nobody changes it any more.
     *
     * <p>Chunks wait in a queue of so many bytes as {@link Response#live} was given; a single one may be larger. A stream
     * whose queue is full is dropped: its reader is too slow.
     *
     * @return whether it was taken; {@code false} once the stream has an end, or gets it by this
     */
    boolean offer(byte[] chunk);

    /** How many bytes were offered of which nothing has been written yet. */
    long waitingBytes();

    /**
     * Has the listener told, by any thread, whenever all that was offered has been written. It must not block. A stream
     * has one such listener.
     */
    void onIdle(Runnable listener);

    /** Ends the answer after what was offered so far. */
    void close();

    /** Has the listener told once of the stream's end, by any thread; at once if it is over. It must not block. */
    void onClosed(Consumer<End> listener);

    /** Why a stream is over. */
    enum End {
        /** This side closed it. */
        CLOSED,
        /** The other side went away; noticed when something is sent to it, mostly by the second sending. */
        GONE,
        /** The other side didn't take what was sent. */
        SLOW,
        /** The server stops. */
        STOPPING;

        /** As it stands in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

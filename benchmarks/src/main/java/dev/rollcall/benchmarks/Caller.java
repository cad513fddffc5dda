package dev.rollcall.benchmarks;

import java.net.URI;
import java.util.Map;

/** What could make the registry's outgoing calls: posts to many addresses over kept connections. */
public interface Caller extends AutoCloseable {
    /** Posts the same body to each address at once, and calls back once for each: whether it was answered with 200. */
    void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Answered answered);

    @Override
    void close();

    /** Told by any thread. */
    @FunctionalInterface
    interface Answered {
        /** One of the posts has ended. */
        void with(boolean ok);
    }
}

package dev.rollcall.benchmarks;

import java.net.URI;
import java.util.Map;

/** A candidate for the registry's outgoing calls: posts to many addresses over kept connections. */
public interface Caller extends AutoCloseable {
    /** Posts the same body to each address at once, and calls back once for each. */
    void post(Iterable<URI> addresses, Map<String, String> headers, byte[] body, Callback callback);

    @Override
    void close();

    /** Called by any thread. */
    @FunctionalInterface
    interface Callback {
        /**
         * Called when one of the posts has ended.
         *
         * @param ok whether the response was 200
         */
        void onResponse(boolean ok);
    }
}

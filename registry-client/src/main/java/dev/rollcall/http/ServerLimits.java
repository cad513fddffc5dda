package dev.rollcall.http;

/**
 * The bounds of one server.
 *
 * @param bodyBytesMax the largest request body in bytes, after decompression; larger ones get 413
 * @param threads platform threads that handle requests on a JDK without virtual threads (before 21)
 * @param requestsMax requests running or waiting for a thread at once; more get 503
 */
public record ServerLimits(long bodyBytesMax, int threads, int requestsMax) {
    /** 1 MiB, 64 threads, 8,192 requests: as many as may reconnect at once when a registry returns. */
    public static final ServerLimits DEFAULT = new ServerLimits(1 << 20, 64, 8_192);

    /** Throws {@link IllegalArgumentException} unless all are positive. */
    public ServerLimits {
        if (bodyBytesMax < 1 || threads < 1 || requestsMax < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}

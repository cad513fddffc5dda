package dev.rollcall.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An HTTP server on an address, with Rollcall's rules in force; the one class that creates servers.
 *
 * <p>Life: {@link #bind} takes the port, {@link #start} serves, {@link #drain} refuses new requests and waits for those
 * in flight, {@link #close} frees the port. Thread-safe; {@link #close} may be called at any time, and twice.
 *
 * <p>The time in which a client must read a response is bounded here and not by the server's {@code maxRspTime}, which
 * would end live responses too. An ordinary response may take ten minutes, each 16 KiB of a live one five seconds; a
 * live response as a whole has no limit. See {@link WriteTimeouts}.
 */
public final class HttpHost implements AutoCloseable {
    private static final Descriptors DESCRIPTORS = Descriptors.ofThisProcess();

    static {
        // Read once by the server's classes on first use, so set before. What a user sets by -D stays.
        Map.of(
                        // without it, 17 answers a kept-alive request with a body after 44 ms: Nagle and delayed ACK
                        "sun.net.httpserver.nodelay", "true",
                        // seconds until a request must be complete; unlimited by default
                        "sun.net.httpserver.maxReqTime", "30",
                        // unread bytes of a request that are drained after the response; 64 KiB by default, beyond
                        // which the connection is reset and the response lost
                        "sun.net.httpserver.drainAmount", "16777216",
                        // idle kept connections; 200 by default, too few for a registry
                        "sun.net.httpserver.maxIdleConnections", "20000")
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    private static final int BACKLOG = 1_024;

    private final HttpServer server;
    private final RequestThreads threads;
    private final InFlight inFlight;
    private final LiveStreams live;
    private final RequestDispatcher requestDispatcher;
    private final Ticker ticker;
    private boolean started;

    private HttpHost(HttpServer server, ServerLimits serverLimits) {
        this.server = server;
        this.inFlight = new InFlight();
        this.threads = new RequestThreads(serverLimits, inFlight);
        this.live = new LiveStreams(inFlight, DESCRIPTORS.streams());
        this.requestDispatcher = new RequestDispatcher(serverLimits.bodyBytesMax(), inFlight, threads::submit, live);
        this.ticker = new Ticker(
                List.of(requestDispatcher.writeTimeouts()::check, live.writeTimeouts()::check, threads::check));
    }

    /**
     * Creates a server that is bound to its port and does not serve yet.
     *
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address is not available, {@link java.net.BindException} if the port is occupied
     */
    public static HttpHost bind(InetSocketAddress address, ServerLimits serverLimits) throws IOException {
        var host = new HttpHost(HttpServer.create(address, BACKLOG), serverLimits);
        host.server.setExecutor(host.threads);
        host.server.createContext("/", host.requestDispatcher);
        return host;
    }

    /** Starts a server on loopback and any free port. */
    public static HttpHost onFreePort(Routes routes) throws IOException {
        var host = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerLimits.DEFAULT);
        host.start(routes);
        return host;
    }

    /** Starts serving; clients that connected since {@link #bind} have been waiting. */
    public synchronized void start(Routes routes) {
        requestDispatcher.serve(routes);
        ticker.start();
        server.start();
        started = true;
    }

    /** Returns how many concurrent live responses fit into the process's file descriptors. */
    public static int liveMax() {
        return DESCRIPTORS.streams();
    }

    /** Returns the port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the counts so far. */
    public HttpStats stats() {
        return requestDispatcher.stats();
    }

    /** Returns why some clients may not be served well; empty if all is well. */
    public List<String> healthReasons() {
        return ticker.healthReasons();
    }

    /**
     * Refuses new requests with 503 and {@code Connection: close}, ends live responses, and waits for requests in
     * flight.
     *
     * @return whether all of them ended within the limit
     */
    public boolean drain(Duration limit) {
        requestDispatcher.stop();
        live.drain();
        return inFlight.awaitNone(limit);
    }

    /** Ends the wait of {@link #drain}, now and in future. */
    public void skipWaiting() {
        inFlight.skipWaiting();
    }

    /**
     * Cuts requests in flight and frees the port. Doesn't wait: on 17, {@code stop(n)} takes n seconds when idle too.
     */
    @Override
    public synchronized void close() {
        requestDispatcher.stop();
        if (!started) {
            // a server that was never started keeps its port when stopped
            server.start();
            started = true;
        }
        server.stop(0);
        threads.close();
        live.close();
        ticker.close();
    }
}

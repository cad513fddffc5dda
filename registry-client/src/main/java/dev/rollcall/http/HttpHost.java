package dev.rollcall.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An HTTP server on an address, with the suite's rules in force; the one class that makes servers.
 *
 * <p>Life: {@link #bind} takes the port, {@link #start} answers, {@link #drain} refuses what is new and waits for what
 * is under way, {@link #close} frees the port. Thread-safe; {@link #close} may be called at any time, and twice.
 *
 * <p>How long an answer may take to be taken is bounded here and not by the server's {@code maxRspTime}, which would end
 * live answers too: ten minutes for an ordinary answer, five seconds for each 16 KiB of a live one, which itself may go
 * on for ever. See {@link WriteTimeouts}.
 */
public final class HttpHost implements AutoCloseable {
    private static final Descriptors DESCRIPTORS = Descriptors.ofThisProcess();

    static {
        // Read once by the server's classes when they are first used, so set before. What a user set by -D stays.
        Map.of(
                        // 17 answers a kept-alive request with a body after 44 ms without it: Nagle and delayed ACK
                        "sun.net.httpserver.nodelay", "true",
                        // seconds until a request must have come whole; unlimited by default
                        "sun.net.httpserver.maxReqTime", "30",
                        // bytes of a request left unread that are still taken in after the answer; 64 KiB by default,
                        // and beyond them the connection is reset and the answer with it
                        "sun.net.httpserver.drainAmount", "16777216",
                        // kept connections that are idle; 200 by default, too few for a registry
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
        this.ticker = new Ticker(List.of(requestDispatcher.watchdog()::check, live.watchdog()::check, threads::check));
    }

    /**
     * A server that has its port and doesn't answer yet.
     *
     * @param address where to listen; port 0 takes any free one
     * @throws IOException if the address can't be had, {@link java.net.BindException} if the port is occupied
     */
    public static HttpHost bind(InetSocketAddress address, ServerLimits serverLimits) throws IOException {
        var host = new HttpHost(HttpServer.create(address, BACKLOG), serverLimits);
        host.server.setExecutor(host.threads);
        host.server.createContext("/", host.requestDispatcher);
        return host;
    }

    /** A server on loopback and any free port that answers already. */
    public static HttpHost onFreePort(Routes routes) throws IOException {
        var host = bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerLimits.DEFAULT);
        host.start(routes);
        return host;
    }

    /** Begins to answer; who connected since {@link #bind} has been waiting. */
    public synchronized void start(Routes routes) {
        requestDispatcher.serve(routes);
        ticker.start();
        server.start();
        started = true;
    }

    /** How many live answers at once fit into the descriptors that the process may open. */
    public static int liveMax() {
        return DESCRIPTORS.streams();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What it has done so far. */
    public HttpStats stats() {
        return requestDispatcher.stats();
    }

    /** Returns why it may not serve everybody well; empty if all is well. */
    public List<String> healthReasons() {
        return ticker.healthReasons();
    }

    /**
     * Refuses new requests with 503 and {@code Connection: close}, ends live answers, and waits for those requests that
     * are under way.
     *
     * @return whether all of them ended within the limit
     */
    public boolean drain(Duration limit) {
        requestDispatcher.stop();
        live.drain();
        return inFlight.awaitNone(limit);
    }

    /** Ends {@link #drain}'s wait, now and in future. */
    public void skipWaiting() {
        inFlight.stopWaiting();
    }

    /** Cuts what is still under way and frees the port. Without a wait: on 17, stop(n) takes n seconds even when idle. */
    @Override
    public synchronized void close() {
        requestDispatcher.stop();
        if (!started) {
            // a server that never ran keeps its port when it is stopped
            server.start();
            started = true;
        }
        server.stop(0);
        threads.close();
        live.close();
        ticker.close();
    }
}

package dev.rollcall.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Wraps every handler: finds it, turns its exceptions into responses, sends the response, and counts.
 *
 * <p>Every request gets a response, because the built-in server drops the connection of a handler that throws.
 */
final class RequestDispatcher implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);
    private static final Problem OVERLOADED =
            Problem.of(503, "Overloaded", "too many requests at once; nothing was done");
    private static final Problem TOO_MANY_STREAMS =
            Problem.of(503, "Overloaded", "too many live responses at once for the files that may be open here");
    private static final Problem STOPPING = Problem.of(503, "Stopping", "this instance is stopping; nothing was done");
    /** The server keeps a buffer as large as the largest piece for each connection, and another for each thread. */
    private static final int PIECE_BYTES = 32_768;

    private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(10);
    private static final int SAMPLED_PER_SECOND = 50;

    private final long bodyBytesMax;
    private final InFlight inFlight;
    private final Executor threads;
    private final LiveStreams live;
    private final WriteTimeouts writeTimeouts =
            new WriteTimeouts(RESPONSE_LIMIT, RESPONSE_LIMIT, Integer.MAX_VALUE - 1);
    private final Map<Integer, LongAdder> responses = new ConcurrentHashMap<>();
    private final LongAdder responseNanos = new LongAdder();
    private final AccessLog access = new AccessLog();
    private final RateLimiter sampling = new RateLimiter(SAMPLED_PER_SECOND, System.nanoTime());
    private volatile Routes routes = Routes.NONE;
    private volatile boolean isStopping;

    RequestDispatcher(long bodyBytesMax, InFlight inFlight, Executor threads, LiveStreams live) {
        this.bodyBytesMax = bodyBytesMax;
        this.inFlight = inFlight;
        this.threads = threads;
        this.live = live;
    }

    /** Returns the timeouts of the writes; the owner must call their check. */
    WriteTimeouts writeTimeouts() {
        return writeTimeouts;
    }

    void serve(Routes given) {
        routes = given;
    }

    /** Refuses requests from now on with 503 and {@code Connection: close}, and without {@code Retry-After}. */
    void stop() {
        isStopping = true;
    }

    HttpStats stats() {
        var counts = new TreeMap<Integer, Long>();
        responses.forEach((status, count) -> counts.put(status, count.sum()));
        return new HttpStats(inFlight.count(), counts, responseNanos.sum());
    }

    @Override
    public void handle(HttpExchange exchange) {
        var start = System.nanoTime();
        var trace = TraceContext.continueOrStart(
                exchange.getRequestHeaders().getFirst(TraceContext.HEADER), () -> samples(exchange, start));
        withTrace(trace, () -> {
            CompensatingPool.setWaitingForClient(false);
            var response = decide(exchange, trace);
            CompensatingPool.setWaitingForClient(true);
            if (response.body() instanceof Response.Later later) {
                park(exchange, later, trace, start);
            } else {
                send(exchange, response, trace, start);
            }
        });
    }

    /** Whether to sample a request that arrives without a trace. */
    private boolean samples(HttpExchange exchange, long now) {
        var path = exchange.getRequestURI().getRawPath();
        return !AccessLog.isExcluded(path) && routes.isSampled(path) && sampling.tryAcquire(now);
    }

    /** Runs work whose log records carry the trace. */
    private static void withTrace(TraceContext trace, Runnable work) {
        MDC.put(TraceContext.TRACE_KEY, trace.trace());
        MDC.put(TraceContext.SPAN_KEY, trace.span());
        try {
            work.run();
        } finally {
            MDC.remove(TraceContext.TRACE_KEY);
            MDC.remove(TraceContext.SPAN_KEY);
        }
    }

    private Response decide(HttpExchange exchange, TraceContext trace) {
        if (isStopping) {
            // it does not come back soon, so clients should go elsewhere or retry later without waiting
            return response(exchange, new ProblemException(STOPPING), trace)
                    .without("Retry-After")
                    .with("Connection", "close");
        }
        if (RequestThreads.isRefusing()) {
            return Response.problem(OVERLOADED).with("Connection", "close");
        }
        try {
            var match = routes.match(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
            return match.handler().handle(new Request(exchange, match.pathValues(), trace, bodyBytesMax));
        } catch (IOException | RuntimeException | Error e) {
            return responseTo(exchange, e, trace);
        }
    }

    private Response responseTo(HttpExchange exchange, Throwable thrown, TraceContext trace) {
        if (thrown instanceof ProblemException problem) {
            return response(exchange, problem, trace);
        }
        var cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null
                ? responseTo(exchange, cause, trace)
                : failure(exchange, thrown, trace);
    }

    private void park(HttpExchange exchange, Response.Later later, TraceContext trace, long start) {
        if (later.stage() instanceof CompletableFuture<Response> done && done.isDone()) {
            var unused = done.whenComplete((response, thrown) ->
                    send(exchange, thrown == null ? response : responseTo(exchange, thrown, trace), trace, start));
            return;
        }
        inFlight.enter();
        later.stage()
                .whenComplete((response, thrown) -> resume(exchange, () -> {
                    try {
                        withTrace(
                                trace,
                                () -> send(
                                        exchange,
                                        thrown == null ? response : responseTo(exchange, thrown, trace),
                                        trace,
                                        start));
                    } finally {
                        inFlight.leave();
                    }
                }));
    }

    private void resume(HttpExchange exchange, Runnable resumption) {
        try {
            threads.execute(resumption);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("a response is dropped: no thread is available");
            exchange.setStreams(null, new Cut());
            exchange.close();
            inFlight.leave();
        }
    }

    private Response response(HttpExchange exchange, ProblemException e, TraceContext trace) {
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        return ProblemPages.page(routes.problemPages(), e.problem(), trace, accept == null ? "" : accept)
                .map(e::withHeaders)
                .orElseGet(e::response);
    }

    private Response failure(HttpExchange exchange, Throwable thrown, TraceContext trace) {
        LOG.atError()
                .addKeyValue("method", exchange.getRequestMethod())
                .addKeyValue("path", exchange.getRequestURI().getRawPath())
                .addKeyValue("requestId", trace.span())
                .setCause(thrown)
                .log("a request failed");
        var problem = new Problem(
                "Internal error",
                500,
                "this service failed; its log has it under the request id",
                List.of(),
                trace.span());
        return response(exchange, new ProblemException(problem), trace);
    }

    private void send(HttpExchange exchange, Response decided, TraceContext trace, long start) {
        var body = decided.body() instanceof Response.Live stream
                        && !exchange.getRequestMethod().equals("HEAD")
                ? stream
                : null;
        var isLive = body != null && live.tryAcquire();
        var response = body == null || isLive
                ? decided
                : Response.problem(TOO_MANY_STREAMS).with("Connection", "close");
        try {
            if (body != null && isLive) {
                live.open(exchange, response, body);
            } else {
                writeAndEnd(exchange, response);
            }
        } catch (IOException e) {
            // the client is gone; the exchange's end closes the connection
            LOG.atDebug().setCause(e).log("a response could not be sent");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("a response could not be written");
        } finally {
            var nanos = System.nanoTime() - start;
            responses.computeIfAbsent(response.status(), s -> new LongAdder()).increment();
            responseNanos.add(nanos);
            access.log(
                    trace,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    response.status(),
                    nanos);
        }
    }

    private void writeAndEnd(HttpExchange exchange, Response response) throws IOException {
        try (var writeTimeout = writeTimeouts.start();
                exchange) {
            if (response.body() instanceof Response.Streamed) {
                // its writer may be reading from a channel that an interruption would close
                exchange.setStreams(null, writeTimeout.wrap(exchange.getResponseBody()));
            } else {
                writeTimeout.enter();
            }
            addHeaders(exchange, response);
            write(exchange, response);
        }
    }

    static void addHeaders(HttpExchange exchange, Response response) {
        var headers = exchange.getResponseHeaders();
        for (var header : response.headers()) {
            headers.add(header.name(), header.value());
        }
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        if (response.body() instanceof Response.Whole whole && whole.content().length > 0) {
            writeWhole(exchange, response.status(), whole.content(), isHead);
        } else if (response.body() instanceof Response.Streamed streamed && !isHead) {
            exchange.sendResponseHeaders(response.status(), 0);
            try {
                streamed.writer().writeTo(exchange.getResponseBody());
            } catch (IOException | RuntimeException | Error e) {
                // the exchange's end would write the last chunk, and a partial response would look complete
                exchange.setStreams(null, new Cut());
                throw e;
            }
        } else {
            exchange.sendResponseHeaders(response.status(), -1);
        }
    }

    private static void writeWhole(HttpExchange exchange, int status, byte[] content, boolean isHead)
            throws IOException {
        if (isHead) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, content.length);
            var out = exchange.getResponseBody();
            for (var from = 0; from < content.length; from += PIECE_BYTES) {
                out.write(content, from, Math.min(PIECE_BYTES, content.length - from));
            }
            // before the exchange's end, which waits for the unread part of the request
            out.flush();
        }
    }

    /** Fails to close, so that the exchange closes the connection instead of ending the response. */
    static final class Cut extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("cut");
        }

        @Override
        public void close() throws IOException {
            throw new IOException("cut");
        }
    }
}

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
 * Stands around every handler: finds it, turns what it throws into answers, sends the answer, counts.
 *
 * <p>A request is answered whatever happens, because the built-in server drops the connection of a handler that throws.
 */
final class RequestDispatcher implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);
    private static final Problem OVERLOADED =
            Problem.of(503, "Overloaded", "too many requests at once; nothing was done");
    private static final Problem TOO_MANY_STREAMS =
            Problem.of(503, "Overloaded", "too many live answers at once for the files that may be open here");
    private static final Problem STOPPING = Problem.of(503, "Stopping", "this instance is stopping; nothing was done");
    /** The server keeps a copy of the largest piece for each connection, and another one for each thread. */
    private static final int PIECE_BYTES = 32_768;

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);
    private static final int SAMPLED_A_SECOND = 50;

    private final long bodyBytesMax;
    private final InFlight inFlight;
    private final Executor threads;
    private final LiveStreams live;
    private final WriteTimeouts writeTimeouts = new WriteTimeouts(ANSWER_LIMIT, ANSWER_LIMIT, Integer.MAX_VALUE - 1);
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder answerNanos = new LongAdder();
    private final AccessLog access = new AccessLog();
    private final RateLimiter sampling = new RateLimiter(SAMPLED_A_SECOND, System.nanoTime());
    private volatile Routes routes = Routes.NONE;
    private volatile boolean stopping;

    RequestDispatcher(long bodyBytesMax, InFlight inFlight, Executor threads, LiveStreams live) {
        this.bodyBytesMax = bodyBytesMax;
        this.inFlight = inFlight;
        this.threads = threads;
        this.live = live;
    }

    /** What looks after the writes of answers; its owner has it look. */
    WriteTimeouts watchdog() {
        return writeTimeouts;
    }

    void serve(Routes given) {
        routes = given;
    }

    /** From now on requests are refused with 503 and {@code Connection: close}, and no {@code Retry-After}. */
    void stop() {
        stopping = true;
    }

    HttpStats stats() {
        var counts = new TreeMap<Integer, Long>();
        answers.forEach((status, count) -> counts.put(status, count.sum()));
        return new HttpStats(inFlight.count(), counts, answerNanos.sum());
    }

    @Override
    public void handle(HttpExchange exchange) {
        var start = System.nanoTime();
        var trace = TraceContext.continuing(
                exchange.getRequestHeaders().getFirst(TraceContext.HEADER), () -> samples(exchange, start));
        within(trace, () -> {
            CompensatingPool.isWaitingForCaller(false);
            var response = decide(exchange, trace);
            CompensatingPool.isWaitingForCaller(true);
            if (response.body() instanceof Response.Later later) {
                park(exchange, later, trace, start);
            } else {
                send(exchange, response, trace, start);
            }
        });
    }

    /** Whether the lines of a request that comes without a trace are to be found. */
    private boolean samples(HttpExchange exchange, long now) {
        var path = exchange.getRequestURI().getRawPath();
        return !AccessLog.isQuiet(path) && routes.isSampled(path) && sampling.admits(now);
    }

    /** What is logged meanwhile bears the trace. */
    private static void within(TraceContext trace, Runnable work) {
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
        if (stopping) {
            // it doesn't come back in a moment: who can go elsewhere or leave it for later needn't wait
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
            return answerTo(exchange, e, trace);
        }
    }

    private Response answerTo(HttpExchange exchange, Throwable thrown, TraceContext trace) {
        if (thrown instanceof ProblemException mistake) {
            return response(exchange, mistake, trace);
        }
        var cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null
                ? answerTo(exchange, cause, trace)
                : failure(exchange, thrown, trace);
    }

    private void park(HttpExchange exchange, Response.Later later, TraceContext trace, long start) {
        if (later.stage() instanceof CompletableFuture<Response> done && done.isDone()) {
            var unused = done.whenComplete((response, thrown) ->
                    send(exchange, thrown == null ? response : answerTo(exchange, thrown, trace), trace, start));
            return;
        }
        inFlight.enter();
        later.stage()
                .whenComplete((response, thrown) -> resume(exchange, () -> {
                    try {
                        within(
                                trace,
                                () -> send(
                                        exchange,
                                        thrown == null ? response : answerTo(exchange, thrown, trace),
                                        trace,
                                        start));
                    } finally {
                        inFlight.leave();
                    }
                }));
    }

    private void resume(HttpExchange exchange, Runnable answering) {
        try {
            threads.execute(answering);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("an answer is given up: there is no thread for it");
            exchange.setStreams(null, new Cut());
            exchange.close();
            inFlight.leave();
        }
    }

    private Response response(HttpExchange exchange, ProblemException e, TraceContext trace) {
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        return ProblemPages.page(routes.problemPages(), e.problem(), trace, accept == null ? "" : accept)
                .map(e::withHeaders)
                .orElseGet(e::answer);
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
            // the caller is gone, which is its own affair; the exchange's end closes the connection
            LOG.atDebug().setCause(e).log("an answer could not be sent");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("an answer could not be written");
        } finally {
            var nanos = System.nanoTime() - start;
            answers.computeIfAbsent(response.status(), s -> new LongAdder()).increment();
            answerNanos.add(nanos);
            access.answered(
                    trace,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    response.status(),
                    nanos);
        }
    }

    private void writeAndEnd(HttpExchange exchange, Response response) throws IOException {
        try (var writeTimeout = writeTimeouts.watch();
                exchange) {
            if (response.body() instanceof Response.Streamed) {
                // its writer may be reading from what an interruption would close
                exchange.setStreams(null, writeTimeout.over(exchange.getResponseBody()));
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
                // the exchange's end would write the last chunk, and half an answer would look whole
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
            // before the exchange's end, which waits for what the handler left unread of the request
            out.flush();
        }
    }

    /** Fails to close, upon which the exchange closes the connection instead of ending the answer. */
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

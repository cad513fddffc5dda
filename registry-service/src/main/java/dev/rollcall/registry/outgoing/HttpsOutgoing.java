package dev.rollcall.registry.outgoing;

import dev.rollcall.wire.RegistryHeaders;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends https requests through the JDK's client, and all others through another sender. Thread-safe.
 *
 * <p>Trusts what the JVM trusts ({@code javax.net.ssl.trustStore}); a certificate must be for the host that is called. The
 * JDK's client does not report that a peer closed a kept connection, so the death of an https instance is noticed at its
 * next heartbeat.
 */
public final class HttpsOutgoing implements Outgoing {
    private static final int BODY_BYTES_MAX = 4_096;

    private final Outgoing others;
    private final Callable<SSLContext> trust;
    private @Nullable CompletableFuture<HttpClient> client;

    /** Creates one; closing it closes the other sender. */
    public HttpsOutgoing(Outgoing others) {
        this(others, SSLContext::getDefault);
    }

    /** Like the other constructor, with another trust than the JVM's. */
    HttpsOutgoing(Outgoing others, Callable<SSLContext> trust) {
        this.others = others;
        this.trust = trust;
    }

    @Override
    public void send(Request request, Duration limit, Consumer<Result> consumer) {
        if (!request.uri().getScheme().equalsIgnoreCase("https")) {
            others.send(request, limit, consumer);
            return;
        }
        var result = new CompletableFuture<Result>();
        var timer = CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS);
        timer.execute(() -> result.complete(new Result.TimedOut()));
        start(request, timer, result);
        var unused = result.thenAccept(consumer);
    }

    @Override
    public void close() {
        others.close();
    }

    private void start(Request request, Executor timer, CompletableFuture<Result> result) {
        var unused = client().whenComplete((client, failure) -> {
            if (failure == null) {
                send(client, request, timer, result);
            } else {
                result.complete(new Result.Refused(reason(failure)));
            }
        });
    }

    private static void send(HttpClient client, Request request, Executor timer, CompletableFuture<Result> result) {
        var exchange = client.sendAsync(httpRequest(request), head -> {
            result.complete(responded(head));
            return new BoundedBody();
        });
        var unused = exchange.whenComplete((response, failure) -> {
            if (failure != null) {
                result.complete(resultOf(failure));
            }
        });
        // also ends a body that does not end by itself
        timer.execute(() -> exchange.cancel(true));
    }

    private static HttpRequest httpRequest(Request request) {
        var payload = request.payload();
        var bytes = payload.bytes();
        var body = payload.bodyBytes() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(bytes, bytes.length - payload.bodyBytes(), payload.bodyBytes());
        var builder = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
        payload.headers().forEach(builder::header);
        return builder.build();
    }

    private static Result responded(ResponseInfo head) {
        return new Result.Responded(
                head.statusCode(),
                head.headers().firstValue(RegistryHeaders.INSTANCE),
                head.headers().firstValue(RegistryHeaders.VIEW),
                head.headers().firstValue("Retry-After").isPresent());
    }

    private static Result resultOf(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            return new Result.TimedOut();
        } else if (cause instanceof SSLHandshakeException) {
            return new Result.Refused(reason(cause));
        } else if (cause instanceof ConnectException) {
            // the client wraps also what is no refusal
            var wrapped = cause.getCause();
            return wrapped instanceof UnresolvedAddressException || wrapped instanceof NoRouteToHostException
                    ? new Result.Unreachable("unreachable: " + wrapped)
                    : new Result.Refused("connection refused");
        }
        return new Result.Broken("the connection broke: " + reason(cause));
    }

    private static String reason(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** Returns the client. Creates it at the first https request, on another thread: loading the trust takes a while. */
    private synchronized CompletableFuture<HttpClient> client() {
        if (client == null || client.isCompletedExceptionally()) {
            client = CompletableFuture.supplyAsync(this::newClient);
        }
        return client;
    }

    private HttpClient newClient() {
        try {
            return HttpClient.newBuilder()
                    .sslContext(trust.call())
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(Redirect.NEVER)
                    .build();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Drops a body of at most 4 KiB; cancels a longer one, which closes the connection. */
    private static final class BoundedBody implements BodySubscriber<@Nullable Void> {
        private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        private @Nullable Subscription subscription;
        private long bytes;

        @Override
        public CompletionStage<@Nullable Void> getBody() {
            return end;
        }

        @Override
        public void onSubscribe(Subscription newSubscription) {
            subscription = newSubscription;
            newSubscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            buffers.forEach(buffer -> bytes += buffer.remaining());
            if (bytes > BODY_BYTES_MAX && subscription != null) {
                subscription.cancel();
                end.complete(null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}

package dev.rollcall.registry.outgoing;

import dev.rollcall.host.EssentialThread;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.wire.HostPort;
import dev.rollcall.wire.RegistryHeaders;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends https requests through the JDK's client, and all others through another sender. Thread-safe.
 *
 * <p>Trusts what the JVM trusts ({@code javax.net.ssl.trustStore}); a certificate must be for the host that is called. Uses
 * no proxy, and the first address of a host only. The JDK's client does not report that a peer closed a kept connection,
 * so the death of an https instance is noticed at its next heartbeat.
 */
public final class HttpsOutgoing implements Outgoing {
    private static final int BODY_BYTES_MAX = 4_096;

    private final Outgoing others;
    private final Callable<SSLContext> trust;
    private final HostAddresses hosts = new HostAddresses();
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
        var result = new CompletableFuture<Result>()
                .completeOnTimeout(new Result.TimedOut(), limit.toNanos(), TimeUnit.NANOSECONDS);
        var unused = result.thenAccept(consumer).exceptionally(failure -> {
            EssentialThread.failed(failure, "a result could not be handled");
            return null;
        });
        resolve(request, limit, result);
    }

    @Override
    public void close() {
        others.close();
    }

    /** Resolves the name first: the client would look it up on a thread without a limit to its time. */
    private void resolve(Request request, Duration limit, CompletableFuture<Result> result) {
        var host = HostPort.of(request.uri()).bareHost();
        var unused = hosts.find(host)
                .thenCompose(found ->
                        found.isEmpty() ? CompletableFuture.failedFuture(new UnresolvedAddressException()) : client())
                .whenComplete((client, failure) -> {
                    if (failure == null) {
                        send(client, request, limit, result);
                    } else if (causeOf(failure) instanceof UnresolvedAddressException) {
                        result.complete(new Result.Unreachable("unknown host " + host));
                    } else {
                        result.complete(new Result.Refused(reason(failure)));
                    }
                });
    }

    private static void send(HttpClient client, Request request, Duration limit, CompletableFuture<Result> result) {
        if (result.isDone()) {
            // too late: what was reported as not sent must not be sent
            return;
        }
        try {
            var exchange = client.sendAsync(httpRequest(request), head -> {
                result.complete(responded(head));
                return new BoundedBody(limit);
            });
            var unused = CompletableFuture.allOf(
                    exchange.whenComplete((response, failure) -> {
                        if (failure != null) {
                            result.complete(resultOf(failure));
                        }
                    }),
                    result.thenAccept(known -> {
                        if (known instanceof Result.TimedOut) {
                            exchange.cancel(true);
                        }
                    }));
        } catch (RuntimeException e) {
            // a URL that the client does not accept, such as one with a host that has an underscore
            result.complete(new Result.Refused(reason(e)));
        }
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
        var cause = causeOf(failure);
        if (cause instanceof CancellationException || cause instanceof HttpTimeoutException) {
            return new Result.TimedOut();
        } else if (cause instanceof SSLHandshakeException) {
            return new Result.Refused(reason(cause));
        } else if (cause instanceof ConnectException) {
            // measured on 17 and 25: a refusal wraps a closed channel; other causes may be this machine's fault
            var wrapped = cause.getCause();
            return wrapped == null || wrapped instanceof ClosedChannelException || wrapped instanceof ConnectException
                    ? new Result.Refused("connection refused")
                    : new Result.Unreachable("unreachable: " + wrapped.getMessage());
        } else if (cause instanceof Error) {
            // no file descriptor left
            return new Result.Unreachable("unreachable: " + reason(cause));
        }
        return new Result.Broken("the connection broke: " + reason(cause));
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String reason(Throwable failure) {
        return String.valueOf(causeOf(failure).getMessage());
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
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Drops a body. Closes the connection if the body is longer than 4 KiB or does not end in time. */
    private static final class BoundedBody implements BodySubscriber<@Nullable Void> {
        private final CompletableFuture<@Nullable Void> end;
        private @Nullable Subscription subscription;
        private long bytes;

        BoundedBody(Duration limit) {
            end = new CompletableFuture<@Nullable Void>().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public CompletionStage<@Nullable Void> getBody() {
            return end;
        }

        @Override
        public void onSubscribe(Subscription newSubscription) {
            subscription = newSubscription;
            var unused = end.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    newSubscription.cancel();
                }
            });
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

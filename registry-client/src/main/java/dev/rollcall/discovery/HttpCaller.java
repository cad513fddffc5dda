package dev.rollcall.discovery;

import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.wire.HttpUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to one address, with a time limit and a limit to the size of the response. Thread-safe.
 *
 * <p>Uses HTTP/1.1 without an upgrade offer, which plain peers would not understand, and does not follow redirects.
 * Plain GETs use the faster {@link PooledGets}; everything else uses the JDK's client.
 */
public final class HttpCaller {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final int RESPONSE_BYTES_MAX = 64 << 20;

    private final HostAddresses hosts;
    private final PooledGets gets;
    private @Nullable HttpClient client;

    /** Creates a caller without connections. */
    public HttpCaller() {
        this(new HostAddresses());
    }

    HttpCaller(HostAddresses hosts) {
        this.hosts = hosts;
        this.gets = new PooledGets(hosts, CONNECT_LIMIT, RESPONSE_BYTES_MAX);
    }

    /** Returns the response; throws {@link CallFailedException} if none arrived in time. */
    public ClientResponse send(HttpUrl to, ClientRequest given, Duration limit) throws CallFailedException {
        var uri = to.resolve(given.path());
        var clientRequest = given.at(uri);
        if (PooledGets.accepts(uri, clientRequest)) {
            return gets.send(uri, clientRequest, limit);
        }
        var deadline = System.nanoTime() + limit.toNanos();
        var request = HttpRequest.newBuilder(callable(to, uri, clientRequest))
                .timeout(limit)
                .method(
                        clientRequest.method(),
                        clientRequest.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(clientRequest.body()));
        clientRequest.headers().forEach(request::setHeader);
        var pending = client().sendAsync(request.build(), LimitedBody::new);
        try {
            var response = pending.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new ClientResponse(uri, response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new CallFailedException(clientRequest + " at " + to + ": no answer within " + limit, e, false);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallFailedException(clientRequest + " at " + to + ": interrupted", e, false);
        } catch (ExecutionException e) {
            throw failed(to, clientRequest, e.getCause());
        }
    }

    private URI callable(HttpUrl to, URI uri, ClientRequest clientRequest) throws CallFailedException {
        try {
            return hosts.callable(uri, CONNECT_LIMIT);
        } catch (IOException | IllegalArgumentException e) {
            throw new CallFailedException(clientRequest + " at " + to + ": no connection: " + e.getMessage(), e, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(clientRequest + " at " + to + ": interrupted", e, false);
        }
    }

    /** Creates the client on first use: it takes a quarter of a second, which a process without calls needn't spend. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();
        }
        return client;
    }

    private static CallFailedException failed(HttpUrl to, ClientRequest clientRequest, @Nullable Throwable cause) {
        var noConnection = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        var why = noConnection ? "no connection" : String.valueOf(cause);
        return new CallFailedException(
                clientRequest + " at " + to + ": " + why,
                cause == null ? new IOException("unknown") : cause,
                noConnection);
    }

    /** Collects a body up to the limit; beyond it fails and closes the connection. */
    private static final class LimitedBody implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable Subscription subscription;

        LimitedBody(ResponseInfo info) {}

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (var buffer : buffers) {
                var chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                if (bytes.size() + chunk.length <= RESPONSE_BYTES_MAX) {
                    bytes.writeBytes(chunk);
                } else if (subscription != null) {
                    subscription.cancel();
                    onError(new IOException("the response is larger than " + RESPONSE_BYTES_MAX + " bytes"));
                }
            }
        }

        @Override
        public void onError(Throwable thrown) {
            whole.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}

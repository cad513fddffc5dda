package dev.rollcall.shipping;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries a registry at intervals for the log service's address, for a process that is not registered itself. The last
 * known address stays valid while no registry responds. Used by one thread.
 */
final class RegistryLookup implements Supplier<Optional<HttpUrl>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLookup.class);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration QUERY_INTERVAL = Duration.ofSeconds(2);
    private static final int RESPONSE_BYTES_MAX = 1 << 20;

    private final List<HttpUrl> registries;
    private final LongSupplier nanoTime;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new ShippingThread(task, "log-shipping-lookup"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .executor(executor)
            .build();
    private final HostAddresses hosts = new HostAddresses();
    private Optional<HttpUrl> known = Optional.empty();
    private String warned = "";
    private Optional<Long> queriedNanos = Optional.empty();
    private int respondedLast;

    /**
     * Creates one that knows no address yet.
     *
     * @param registries queried in turn until one responds, for a second at most each, beginning with the last that
     *     responded
     */
    RegistryLookup(List<HttpUrl> registries, LongSupplier nanoTime) {
        this.registries = List.copyOf(registries);
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<HttpUrl> get() {
        var now = nanoTime.getAsLong();
        if (queriedNanos.isEmpty() || now - queriedNanos.get() >= QUERY_INTERVAL.toNanos()) {
            queriedNanos = Optional.of(now);
            query();
        }
        return known;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void query() {
        for (var i = 0; i < registries.size(); i++) {
            var index = (respondedLast + i) % registries.size();
            var registry = registries.get(index);
            try {
                var providers = providersAt(registry);
                if (!providers.isEmpty()) {
                    known = Optional.of(providers.get(0));
                }
                respondedLast = index;
                return;
            } catch (IOException | IllegalArgumentException e) {
                LOG.atDebug().addKeyValue("registry", registry).setCause(e).log("the registry does not respond");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Returns the listed addresses; only the known one while it is among them. */
    private List<HttpUrl> providersAt(HttpUrl registry) throws IOException, InterruptedException {
        var content = bodyAt(hosts.callable(registry.resolve("/services/" + ServiceName.LOG), LIMIT));
        var urls = Json.readEach(content, Listed.class, odd -> warn(registry, odd)).stream()
                .map(Listed::url)
                .toList();
        return known.isPresent() && urls.contains(known.get()) ? List.of(known.get()) : urls;
    }

    /** Returns a response body. The HTTP client's own timeout would end with the head, and a body may never end. */
    private byte[] bodyAt(URI uri) throws IOException, InterruptedException {
        var pending = client.sendAsync(HttpRequest.newBuilder(uri).build(), info -> new LimitedBody());
        try {
            var response = pending.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("the registry answered " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException("no response", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no response within " + LIMIT.toMillis() + " ms", e);
        } finally {
            // closes the connection too
            pending.cancel(true);
        }
    }

    /** Collects a body; beyond 1 MiB it fails and closes the connection. */
    private static final class LimitedBody implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable Subscription subscription;

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
                bytes.writeBytes(chunk);
            }
            if (bytes.size() > RESPONSE_BYTES_MAX && subscription != null) {
                subscription.cancel();
                onError(new IOException("the response is larger than " + RESPONSE_BYTES_MAX + " bytes"));
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

    /** Logs an invalid entry when it changes, because the registry is queried every other second. */
    private void warn(HttpUrl registry, String odd) {
        if (!odd.equals(warned)) {
            warned = odd;
            LOG.atWarn()
                    .addKeyValue("registry", registry)
                    .addKeyValue("entry", odd)
                    .log("the registry lists an invalid log service; it is skipped");
        }
    }

    /** Created by the JSON mapper. */
    record Listed(@JsonProperty("ServiceURL") HttpUrl url) {
        Listed {
            if (url == null) {
                throw new IllegalArgumentException("a provider has a ServiceURL");
            }
        }
    }
}

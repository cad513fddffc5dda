package dev.rollcall.discovery;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls services by name. A call that one provider does not take is tried on the others: always if it was certainly not
 * executed (no connection, or 503), otherwise only if executing it twice does no harm. A provider that failed is
 * avoided for a while, as long as there is another. Thread-safe.
 */
public final class ServiceCaller {
    private static final int UNAVAILABLE = 503;

    private final Providers providers;
    private final ProviderChoice choice;
    private final LongSupplier nanoTime;
    private final Duration callLimit;
    private final Duration avoidFor;
    private final HttpCaller http = new HttpCaller();
    private final Map<HttpUrl, Integer> inFlight = new ConcurrentHashMap<>();
    private final Map<HttpUrl, Long> failedNanos = new ConcurrentHashMap<>();

    /**
     * Creates a caller.
     *
     * @param providers the providers to call
     * @param choice chooses one of several
     * @param nanoTime as {@link System#nanoTime}
     * @param callLimit the time limit of one provider
     * @param avoidFor how long a provider that failed is avoided
     */
    public ServiceCaller(
            Providers providers, ProviderChoice choice, LongSupplier nanoTime, Duration callLimit, Duration avoidFor) {
        this.providers = providers;
        this.choice = choice;
        this.nanoTime = nanoTime;
        this.callLimit = callLimit;
        this.avoidFor = avoidFor;
    }

    /**
     * Returns the response of one of a service's providers, whatever its status. A call that one of them may have
     * executed is retried on another only if that can't execute it twice: if the method is idempotent, or if the call
     * has an Idempotency-Key and both are Rollcall services, which honour it; they have an instance id.
     *
     * @throws NoProviderException if no provider is known
     * @throws CallFailedException if none of those tried responded
     */
    public ClientResponse call(ServiceName service, ClientRequest clientRequest)
            throws NoProviderException, CallFailedException {
        var tried = new HashSet<HttpUrl>();
        @Nullable ClientResponse refusal = null;
        @Nullable CallFailedException failure = null;
        var honoursKeys = false;
        while (true) {
            var left = untried(service, tried, honoursKeys);
            if (left.isEmpty()) {
                if (refusal != null) {
                    return refusal;
                }
                throw orNoProvider(service, failure);
            }
            var provider = choose(left);
            tried.add(provider.url());
            try {
                var clientResponse = send(provider, clientRequest);
                if (clientResponse.status() != UNAVAILABLE) {
                    failedNanos.remove(provider.url());
                    return clientResponse;
                }
                avoid(provider.url());
                refusal = clientResponse;
            } catch (CallFailedException e) {
                if (Thread.currentThread().isInterrupted()) {
                    // caused by this process; says nothing about the provider
                    throw e;
                }
                avoid(provider.url());
                if (!e.isSurelyNotDone() && !clientRequest.isIdempotent()) {
                    if (!clientRequest.hasKey() || !honoursKeys(provider)) {
                        throw e;
                    }
                    honoursKeys = true;
                }
                failure = e;
            }
        }
    }

    private static CallFailedException orNoProvider(ServiceName service, @Nullable CallFailedException failure)
            throws NoProviderException {
        if (failure == null) {
            throw new NoProviderException(service);
        }
        return failure;
    }

    private static boolean honoursKeys(Provider provider) {
        return !provider.instanceId().isEmpty();
    }

    private List<Provider> untried(ServiceName service, Set<HttpUrl> tried, boolean honoursKeys) {
        return providers.candidates(service).stream()
                .filter(provider -> !tried.contains(provider.url()))
                .filter(provider -> !honoursKeys || honoursKeys(provider))
                .toList();
    }

    private Provider choose(List<Provider> candidates) {
        var good = candidates.stream().filter(p -> !isAvoided(p.url())).toList();
        return choice.choose(good.isEmpty() ? candidates : good, p -> inFlight.getOrDefault(p.url(), 0));
    }

    /** Marks a provider as failed, and removes expired marks, so that the map stays small. */
    private void avoid(HttpUrl url) {
        failedNanos.put(url, nanoTime.getAsLong());
        failedNanos.keySet().removeIf(known -> !isAvoided(known));
    }

    private boolean isAvoided(HttpUrl url) {
        var failed = failedNanos.get(url);
        return failed != null && nanoTime.getAsLong() - failed < avoidFor.toNanos();
    }

    private ClientResponse send(Provider provider, ClientRequest clientRequest) throws CallFailedException {
        inFlight.merge(provider.url(), 1, Integer::sum);
        try {
            return http.send(provider.url(), clientRequest, callLimit);
        } finally {
            inFlight.computeIfPresent(provider.url(), (url, count) -> count == 1 ? null : count - 1);
        }
    }
}

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
 * Calls services by name. A call that one provider doesn't take is tried on the others: always if it surely wasn't done
 * (no connection, or 503), and otherwise only if doing it twice does no harm. A provider that failed is avoided for a
 * while, as long as there is another. Thread-safe.
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
    private final Map<HttpUrl, Long> failedAt = new ConcurrentHashMap<>();

    /**
     * A caller.
     *
     * @param providers whom to call
     * @param choice how one of several is chosen
     * @param nanoTime as {@link System#nanoTime}
     * @param callLimit how long one provider may take to answer
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
     * The answer of one of a service's providers, whatever its status. What one of them may have done is done again by
     * another only if that can't make it two: if the method says so, or if the call bears an Idempotency-Key and both
     * are services of this suite, which heed it; they have an instance's id.
     *
     * @throws NoProviderException when none is known
     * @throws CallFailedException when none that was tried answered
     */
    public ClientResponse call(ServiceName service, ClientRequest clientRequest)
            throws NoProviderException, CallFailedException {
        var tried = new HashSet<HttpUrl>();
        @Nullable ClientResponse refusal = null;
        @Nullable CallFailedException failure = null;
        var heedsKeys = false;
        while (true) {
            var left = untried(service, tried, heedsKeys);
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
                    failedAt.remove(provider.url());
                    return clientResponse;
                }
                avoid(provider.url());
                refusal = clientResponse;
            } catch (CallFailedException e) {
                if (Thread.currentThread().isInterrupted()) {
                    // that was us, and says nothing about the provider
                    throw e;
                }
                avoid(provider.url());
                if (!e.isSurelyNotDone() && !clientRequest.isIdempotent()) {
                    if (!clientRequest.hasKey() || !heedsKeys(provider)) {
                        throw e;
                    }
                    heedsKeys = true;
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

    private static boolean heedsKeys(Provider provider) {
        return !provider.instanceId().isEmpty();
    }

    private List<Provider> untried(ServiceName service, Set<HttpUrl> tried, boolean heedsKeys) {
        return providers.candidates(service).stream()
                .filter(provider -> !tried.contains(provider.url()))
                .filter(provider -> !heedsKeys || heedsKeys(provider))
                .toList();
    }

    private Provider choose(List<Provider> candidates) {
        var good = candidates.stream().filter(p -> !isAvoided(p.url())).toList();
        return choice.choose(good.isEmpty() ? candidates : good, p -> inFlight.getOrDefault(p.url(), 0));
    }

    /** Forgets at the same time whom there is no need to avoid any more, so that the map stays small. */
    private void avoid(HttpUrl url) {
        failedAt.put(url, nanoTime.getAsLong());
        failedAt.keySet().removeIf(known -> !isAvoided(known));
    }

    private boolean isAvoided(HttpUrl url) {
        var failed = failedAt.get(url);
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

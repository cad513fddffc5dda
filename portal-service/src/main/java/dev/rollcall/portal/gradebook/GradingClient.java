package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.UnexpectedResponseException;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries any grading service, ours or a plain one. Each read sends a conditional request ({@code If-None-Match});
 * concurrent reads of the same path share one. While no service is available, it returns the last response, marked as
 * stale.
 */
final class GradingClient {
    private static final Logger LOG = LoggerFactory.getLogger(GradingClient.class);
    private static final long CACHE_BYTES_MAX = 16 << 20;
    private static final int NOT_MODIFIED = 304;
    private static final String NO_PROVIDER = "There is no grading service at the moment.";
    private static final String NO_RESPONSE = "The grading service doesn't answer.";

    private final ServiceCaller caller;
    private final InstantSource time;
    private final SingleFlight<Fetched> flights = new SingleFlight<>();
    /** Responses by URL with the provider's address, for conditional requests. */
    private final LruCache<CachedResponse> byUrl =
            new LruCache<>(CACHE_BYTES_MAX, cachedResponse -> cachedResponse.body().length);
    /** Responses by path, for the time without a provider; the same objects while both caches hold them. */
    private final LruCache<CachedResponse> byPath =
            new LruCache<>(CACHE_BYTES_MAX, cachedResponse -> cachedResponse.body().length);

    private final LenientList lenientList = new LenientList();

    GradingClient(ServiceCaller caller, InstantSource time) {
        this.caller = caller;
        this.time = time;
    }

    /**
     * Returns the response of a path.
     *
     * @throws UnexpectedResponseException for a status other than 200, such as 404
     * @throws IOException as {@link ServiceCaller#call} does, if no earlier response is cached
     */
    Fetched read(String path, TraceContext trace) throws IOException {
        // a shared request carries only one caller's trace, so the others' log lines would not be found
        return trace.isSampled() ? query(path, trace) : flights.query(path, () -> query(path, trace));
    }

    /** Returns the list at a path. */
    <T> List<T> list(String path, Class<T> elements, TraceContext trace) throws IOException {
        return lenientList.read("GET " + path, read(path, trace).response().body(), elements);
    }

    /** Returns the list at a path; empty if the service doesn't have it, such as a plain one. */
    <T> List<T> listOrEmpty(String path, Class<T> elements, TraceContext trace) throws IOException {
        try {
            return list(path, elements, trace);
        } catch (UnexpectedResponseException e) {
            return List.of();
        }
    }

    /** Returns a resource, never from the cache; empty if there is none. */
    Optional<ClientResponse> fetch(String path, TraceContext trace) throws IOException {
        var clientResponse = send(ClientRequest.get(path), trace);
        return switch (clientResponse.status()) {
            case 200 -> Optional.of(clientResponse);
            case 404 -> Optional.empty();
            default -> throw new UnexpectedResponseException(clientResponse);
        };
    }

    /** Sends a change and returns its outcome. */
    ChangeOutcome change(ClientRequest clientRequest, String key, TraceContext trace) {
        // the key lets another instance take over a change that was in flight when its instance died, and apply it once
        var keyed = clientRequest
                .with("Rollcall-User", "portal")
                .with("Idempotency-Key", key.isEmpty() ? UUID.randomUUID().toString() : key);
        try {
            var clientResponse = send(keyed, trace);
            LOG.atInfo()
                    .addKeyValue("status", clientResponse.status())
                    .log("sent {} to the grading service", clientRequest);
            return ChangeOutcome.of(clientResponse);
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            return new ChangeOutcome.Failed(e.isSurelyNotDone(), NO_RESPONSE);
        }
    }

    /** Changes a resource if it still has the version that the teacher saw. */
    ChangeOutcome changeIf(String path, long version, ClientRequest change, String key, TraceContext trace)
            throws IOException {
        ClientResponse clientResponse;
        try {
            clientResponse = send(ClientRequest.get(path), trace);
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            // only the read failed
            return new ChangeOutcome.Failed(true, NO_RESPONSE);
        }
        if (clientResponse.status() != 200) {
            return ChangeOutcome.of(clientResponse);
        }
        if (Json.read(clientResponse.body(), JsonNode.class).path("Version").asLong() != version) {
            return new ChangeOutcome.Changed(clientResponse);
        }
        var etag = EntityTag.of(clientResponse).orElse("\"" + version + "\"");
        return change(change.with("If-Match", etag), key, trace);
    }

    private Fetched query(String path, TraceContext trace) throws IOException {
        var last = byPath.get(path);
        var clientRequest = ClientRequest.get(path).withAt("If-None-Match", this::tagOf);
        ClientResponse clientResponse;
        try {
            clientResponse = send(clientRequest, trace);
        } catch (NoProviderException e) {
            return stale(last, NO_PROVIDER, e);
        } catch (CallFailedException e) {
            return stale(last, NO_RESPONSE, e);
        }
        var known = byUrl.get(clientResponse.from().toString());
        if (clientResponse.status() == NOT_MODIFIED && known.isPresent()) {
            byPath.put(path, known.get());
            return new Fetched(known.get(), "");
        }
        if (clientResponse.status() == 503) {
            return stale(last, "The grading service is busy.", new UnexpectedResponseException(clientResponse));
        }
        if (clientResponse.status() != 200) {
            byUrl.remove(clientResponse.from().toString());
            byPath.remove(path);
            throw new UnexpectedResponseException(clientResponse);
        }
        return new Fetched(cached(path, known, clientResponse), "");
    }

    /** Returns the tag of a provider's cached response. Another provider may use the same tag for another response. */
    private Optional<String> tagOf(URI address) {
        return byUrl.get(address.toString()).map(CachedResponse::etag).filter(tag -> !tag.isEmpty());
    }

    private CachedResponse cached(String path, Optional<CachedResponse> known, ClientResponse clientResponse) {
        var cachedResponse = known.filter(each -> each.isSameAs(clientResponse))
                .orElseGet(() -> CachedResponse.of(clientResponse, time.instant()));
        byUrl.put(cachedResponse.url(), cachedResponse);
        byPath.put(path, cachedResponse);
        return cachedResponse;
    }

    private static Fetched stale(Optional<CachedResponse> known, String why, IOException otherwise) throws IOException {
        if (known.isEmpty()) {
            throw otherwise;
        }
        return new Fetched(known.get(), why);
    }

    private ClientResponse send(ClientRequest clientRequest, TraceContext trace)
            throws NoProviderException, CallFailedException {
        return caller.call(ServiceName.GRADING, clientRequest.with(TraceContext.HEADER, trace.header()));
    }
}

package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.FormSubmission;
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
    private final LruCache<CachedResponse> byUrl = new LruCache<>(CACHE_BYTES_MAX, cached -> cached.body().length);
    /** Responses by path, for the time without a provider; the same objects while both caches hold them. */
    private final LruCache<CachedResponse> byPath = new LruCache<>(CACHE_BYTES_MAX, cached -> cached.body().length);

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
        var response = send(ClientRequest.get(path), trace);
        return switch (response.status()) {
            case 200 -> Optional.of(response);
            case 404 -> Optional.empty();
            default -> throw new UnexpectedResponseException(response);
        };
    }

    /** Sends a form's change and returns its outcome. */
    ChangeOutcome change(ClientRequest request, FormSubmission submission) {
        return change(request, submission.key(), submission.request().trace());
    }

    /** Sends a change and returns its outcome; an empty key stands for a new one. */
    ChangeOutcome change(ClientRequest request, String key, TraceContext trace) {
        // the key lets another instance take over a change that was in flight when its instance died, and apply it once
        var keyed = request.with("Rollcall-User", "portal")
                .with("Idempotency-Key", key.isEmpty() ? UUID.randomUUID().toString() : key);
        try {
            var response = send(keyed, trace);
            LOG.atInfo().addKeyValue("status", response.status()).log("sent {} to the grading service", request);
            return ChangeOutcome.of(response);
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            return new ChangeOutcome.Failed(e.isSurelyNotDone(), NO_RESPONSE);
        }
    }

    /** Changes a resource if it still has the version that the teacher saw. */
    ChangeOutcome changeIf(String path, long version, ClientRequest change, FormSubmission submission)
            throws IOException {
        ClientResponse response;
        try {
            response = send(ClientRequest.get(path), submission.request().trace());
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            // only the read failed
            return new ChangeOutcome.Failed(true, NO_RESPONSE);
        }
        if (response.status() != 200) {
            return ChangeOutcome.of(response);
        }
        if (Json.read(response.body(), JsonNode.class).path("Version").asLong() != version) {
            return new ChangeOutcome.Changed(response);
        }
        var etag = EntityTag.of(response).orElse("\"" + version + "\"");
        return change(change.with("If-Match", etag), submission);
    }

    private Fetched query(String path, TraceContext trace) throws IOException {
        var last = byPath.get(path);
        var request = ClientRequest.get(path).withAt("If-None-Match", this::tagOf);
        ClientResponse response;
        try {
            response = send(request, trace);
        } catch (NoProviderException e) {
            return stale(last, NO_PROVIDER, e);
        } catch (CallFailedException e) {
            return stale(last, NO_RESPONSE, e);
        }
        var known = byUrl.get(response.from().toString());
        if (response.status() == NOT_MODIFIED && known.isPresent()) {
            byPath.put(path, known.get());
            return new Fetched(known.get(), "");
        }
        if (response.status() == 503) {
            return stale(last, "The grading service is busy.", new UnexpectedResponseException(response));
        }
        if (response.status() != 200) {
            byUrl.remove(response.from().toString());
            byPath.remove(path);
            throw new UnexpectedResponseException(response);
        }
        return new Fetched(cached(path, known, response), "");
    }

    /** Returns the tag of a provider's cached response. Another provider may use the same tag for another response. */
    private Optional<String> tagOf(URI address) {
        return byUrl.get(address.toString()).map(CachedResponse::etag).filter(tag -> !tag.isEmpty());
    }

    private CachedResponse cached(String path, Optional<CachedResponse> known, ClientResponse response) {
        var cached = known.filter(each -> each.isSameAs(response))
                .orElseGet(() -> CachedResponse.of(response, time.instant()));
        byUrl.put(cached.url(), cached);
        byPath.put(path, cached);
        return cached;
    }

    private static Fetched stale(Optional<CachedResponse> known, String why, IOException otherwise) throws IOException {
        if (known.isEmpty()) {
            throw otherwise;
        }
        return new Fetched(known.get(), why);
    }

    private ClientResponse send(ClientRequest request, TraceContext trace)
            throws NoProviderException, CallFailedException {
        return caller.call(ServiceName.GRADING, request.with(TraceContext.HEADER, trace.header()));
    }
}

package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.UnexpectedReplyException;
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
 * Asks whichever grading service is there, ours or a plain one. It is really asked each time, but told what is known
 * already ({@code If-None-Match}); many who want the same at once share a question. While no service is there, what was
 * told last is given, and said to be old.
 */
final class GradingClient {
    private static final Logger LOG = LoggerFactory.getLogger(GradingClient.class);
    private static final long KEPT_BYTES_MAX = 16 << 20;
    private static final int NOT_MODIFIED = 304;
    private static final String NO_PROVIDER = "There is no grading service at the moment.";
    private static final String NO_RESPONSE = "The grading service doesn't answer.";

    private final ServiceCaller caller;
    private final InstantSource time;
    private final SingleFlight<Fetched> flights = new SingleFlight<>();
    /** By the address with its provider, for asking it again. */
    private final LruCache<CachedResponse> lruCache =
            new LruCache<>(KEPT_BYTES_MAX, cachedResponse -> cachedResponse.body().length);
    /** By the path, for while there is no provider; the same objects as long as they are in both. */
    private final LruCache<CachedResponse> latest =
            new LruCache<>(KEPT_BYTES_MAX, cachedResponse -> cachedResponse.body().length);

    private final LenientList odd = new LenientList();

    GradingClient(ServiceCaller caller, InstantSource time) {
        this.caller = caller;
        this.time = time;
    }

    /**
     * What is told at an address.
     *
     * @throws UnexpectedReplyException with another status than 200, such as 404
     * @throws IOException as of {@link ServiceCaller#call}, if nothing was told before
     */
    Fetched read(String path, TraceContext trace) throws IOException {
        // a shared question goes by one of their traces only, and the others' lines would not be found
        return trace.isSampled() ? query(path, trace) : flights.query(path, () -> query(path, trace));
    }

    /** The list at an address. */
    <T> List<T> list(String path, Class<T> elements, TraceContext trace) throws IOException {
        return odd.read("GET " + path, read(path, trace).told().body(), elements);
    }

    /** The list at an address; empty if there is no such address, as at a plain service. */
    <T> List<T> listIfTold(String path, Class<T> elements, TraceContext trace) throws IOException {
        try {
            return list(path, elements, trace);
        } catch (UnexpectedReplyException e) {
            return List.of();
        }
    }

    /** A resource right now, never an old one; empty if there is none. */
    Optional<ClientResponse> now(String path, TraceContext trace) throws IOException {
        var clientResponse = send(ClientRequest.get(path), trace);
        return switch (clientResponse.status()) {
            case 200 -> Optional.of(clientResponse);
            case 404 -> Optional.empty();
            default -> throw new UnexpectedReplyException(clientResponse);
        };
    }

    /** Makes a change; what became of it is a value. */
    ChangeOutcome change(ClientRequest clientRequest, String key, TraceContext trace) {
        // with a key, what was under way at an instance that died is done by another, and once
        var keyed = clientRequest
                .with("Rollcall-User", "portal")
                .with("Idempotency-Key", key.isEmpty() ? UUID.randomUUID().toString() : key);
        try {
            var clientResponse = send(keyed, trace);
            LOG.atInfo()
                    .addKeyValue("status", clientResponse.status())
                    .log("asked the grading service for {}", clientRequest);
            return ChangeOutcome.of(clientResponse);
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            return new ChangeOutcome.Failed(e.isSurelyNotDone(), NO_RESPONSE);
        }
    }

    /** Changes a resource if it still has the version that was shown to the teacher. */
    ChangeOutcome changeIf(String path, long version, ClientRequest change, String key, TraceContext trace)
            throws IOException {
        ClientResponse clientResponse;
        try {
            clientResponse = send(ClientRequest.get(path), trace);
        } catch (NoProviderException e) {
            return new ChangeOutcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            // it was only read
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
        var last = latest.get(path);
        var clientRequest = ClientRequest.get(path).withAt("If-None-Match", this::tagOf);
        ClientResponse clientResponse;
        try {
            clientResponse = send(clientRequest, trace);
        } catch (NoProviderException e) {
            return old(last, NO_PROVIDER, e);
        } catch (CallFailedException e) {
            return old(last, NO_RESPONSE, e);
        }
        var known = lruCache.get(clientResponse.from().toString());
        if (clientResponse.status() == NOT_MODIFIED && known.isPresent()) {
            latest.put(path, known.get());
            return new Fetched(known.get(), "");
        }
        if (clientResponse.status() == 503) {
            return old(last, "The grading service is busy.", new UnexpectedReplyException(clientResponse));
        }
        if (clientResponse.status() != 200) {
            lruCache.remove(clientResponse.from().toString());
            latest.remove(path);
            throw new UnexpectedReplyException(clientResponse);
        }
        return new Fetched(remembered(path, known, clientResponse), "");
    }

    /** The tag by which a provider told what is kept; another's may have the same one for something else. */
    private Optional<String> tagOf(URI address) {
        return lruCache.get(address.toString()).map(CachedResponse::etag).filter(tag -> !tag.isEmpty());
    }

    private CachedResponse remembered(String path, Optional<CachedResponse> known, ClientResponse clientResponse) {
        var cachedResponse = known.filter(each -> each.isSameAs(clientResponse))
                .orElseGet(() -> CachedResponse.of(clientResponse, time.instant()));
        lruCache.put(cachedResponse.from(), cachedResponse);
        latest.put(path, cachedResponse);
        return cachedResponse;
    }

    private static Fetched old(Optional<CachedResponse> known, String why, IOException otherwise) throws IOException {
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

package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.Reply;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.OddEntries;
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
    private final SingleFlight<Reading> flights = new SingleFlight<>();
    /** By the address with its provider, for asking it again. */
    private final Shelf<Told> shelf = new Shelf<>(KEPT_BYTES_MAX, told -> told.body().length);
    /** By the path, for while there is no provider; the same objects as long as they are in both. */
    private final Shelf<Told> latest = new Shelf<>(KEPT_BYTES_MAX, told -> told.body().length);

    private final OddEntries odd = new OddEntries();

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
    Reading read(String path, TraceContext trace) throws IOException {
        // a shared question goes by one of their traces only, and the others' lines would not be found
        return trace.isSampled() ? ask(path, trace) : flights.ask(path, () -> ask(path, trace));
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
    Optional<Reply> now(String path, TraceContext trace) throws IOException {
        var reply = send(Call.get(path), trace);
        return switch (reply.status()) {
            case 200 -> Optional.of(reply);
            case 404 -> Optional.empty();
            default -> throw new UnexpectedReplyException(reply);
        };
    }

    /** Makes a change; what became of it is a value. */
    Outcome change(Call call, String key, TraceContext trace) {
        // with a key, what was under way at an instance that died is done by another, and once
        var keyed = call.with("Rollcall-User", "portal")
                .with("Idempotency-Key", key.isEmpty() ? UUID.randomUUID().toString() : key);
        try {
            var reply = send(keyed, trace);
            LOG.atInfo().addKeyValue("status", reply.status()).log("asked the grading service for {}", call);
            return Outcome.of(reply);
        } catch (NoProviderException e) {
            return new Outcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            return new Outcome.Failed(e.isSurelyNotDone(), NO_RESPONSE);
        }
    }

    /** Changes a resource if it still has the version that was shown to the teacher. */
    Outcome changeIf(String path, long version, Call change, String key, TraceContext trace) throws IOException {
        Reply reply;
        try {
            reply = send(Call.get(path), trace);
        } catch (NoProviderException e) {
            return new Outcome.Failed(true, NO_PROVIDER);
        } catch (CallFailedException e) {
            // it was only read
            return new Outcome.Failed(true, NO_RESPONSE);
        }
        if (reply.status() != 200) {
            return Outcome.of(reply);
        }
        if (Json.read(reply.body(), JsonNode.class).path("Version").asLong() != version) {
            return new Outcome.Changed(reply);
        }
        var etag = EntityTag.of(reply).orElse("\"" + version + "\"");
        return change(change.with("If-Match", etag), key, trace);
    }

    private Reading ask(String path, TraceContext trace) throws IOException {
        var last = latest.get(path);
        var call = Call.get(path).withAt("If-None-Match", this::tagOf);
        Reply reply;
        try {
            reply = send(call, trace);
        } catch (NoProviderException e) {
            return old(last, NO_PROVIDER, e);
        } catch (CallFailedException e) {
            return old(last, NO_RESPONSE, e);
        }
        var known = shelf.get(reply.from().toString());
        if (reply.status() == NOT_MODIFIED && known.isPresent()) {
            latest.put(path, known.get());
            return new Reading(known.get(), "");
        }
        if (reply.status() == 503) {
            return old(last, "The grading service is busy.", new UnexpectedReplyException(reply));
        }
        if (reply.status() != 200) {
            shelf.remove(reply.from().toString());
            latest.remove(path);
            throw new UnexpectedReplyException(reply);
        }
        return new Reading(kept(path, known, reply), "");
    }

    /** The tag by which a provider told what is kept; another's may have the same one for something else. */
    private Optional<String> tagOf(URI address) {
        return shelf.get(address.toString()).map(Told::etag).filter(tag -> !tag.isEmpty());
    }

    private Told kept(String path, Optional<Told> known, Reply reply) {
        var told = known.filter(each -> each.isSameAs(reply)).orElseGet(() -> Told.of(reply, time.instant()));
        shelf.put(told.from(), told);
        latest.put(path, told);
        return told;
    }

    private static Reading old(Optional<Told> known, String why, IOException otherwise) throws IOException {
        if (known.isEmpty()) {
            throw otherwise;
        }
        return new Reading(known.get(), why);
    }

    private Reply send(Call call, TraceContext trace) throws NoProviderException, CallFailedException {
        return caller.call(ServiceName.GRADING, call.with(TraceContext.HEADER, trace.header()));
    }
}

package dev.rollcall.discovery;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the registry at the first of its addresses that answers; begins with the one that answered last.
 * Thread-safe.
 */
public final class RegistryClient {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int FAILURE = 500;
    private static final int UNAVAILABLE = 503;
    private static final String PATH = "/services";
    private static final Duration SHARE_MIN = Duration.ofMillis(1_500);

    private final List<HttpUrl> addresses;
    private final Duration limit;
    private final HttpCaller http = new HttpCaller();
    private volatile int answeredLast;

    /**
     * A client.
     *
     * @param addresses where the registry is, at least one
     * @param limit how long all addresses may take to answer together; each has its share, and 1.5 s at least
     */
    public RegistryClient(List<HttpUrl> addresses, Duration limit) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("at least one registry address");
        }
        this.addresses = List.copyOf(addresses);
        this.limit = shareOf(limit, addresses.size());
    }

    /** One that hangs must not keep a caller from the next; one that is well answers a registration within a second. */
    private static Duration shareOf(Duration limit, int addresses) {
        var share = limit.dividedBy(addresses);
        return addresses > 1 && share.compareTo(SHARE_MIN) < 0 ? SHARE_MIN : share;
    }

    /** Where the registry is, in the order in which the addresses are tried first. */
    public List<HttpUrl> addresses() {
        return addresses;
    }

    /**
     * Registers an instance, or registers it again.
     *
     * @return whether the registry speaks the extended layer
     * @throws IOException if no address answers, or one answers anything but 200
     */
    public boolean register(Registration registration) throws IOException {
        var clientResponse = call(ClientRequest.post(PATH, "application/json", Json.bytes(registration)));
        if (clientResponse.status() != OK) {
            throw refused(clientResponse);
        }
        return clientResponse.header(RegistryHeaders.EPOCH).isPresent();
    }

    /**
     * Takes an instance off the roll. Unknown to the registry counts as done, and plain registries have several answers
     * for that.
     *
     * @return false if the registry said that it didn't know it
     * @throws IOException if no address answers, or only with 503: it is stopping, or its disk is full
     */
    public boolean deregister(HttpUrl instance) throws IOException {
        var clientResponse =
                call(ClientRequest.delete(PATH, "text/plain", instance.value().getBytes(StandardCharsets.UTF_8)));
        if (clientResponse.status() == UNAVAILABLE) {
            throw refused(clientResponse);
        }
        // the tutorial's registry answers 500 for it, ours and others 404
        return clientResponse.status() != NOT_FOUND && clientResponse.status() != FAILURE;
    }

    /**
     * The answer of the first address that gives one, whatever its status; of 5xx only if no other address gives
     * anything better.
     *
     * @throws CallFailedException if none answers; surely not done only if that is so of every address
     */
    public ClientResponse call(ClientRequest clientRequest) throws CallFailedException {
        var start = answeredLast;
        @Nullable ClientResponse refusal = null;
        @Nullable CallFailedException failure = null;
        for (var i = 0; ; i++) {
            var index = (start + i) % addresses.size();
            var isLast = i == addresses.size() - 1;
            try {
                var clientResponse = http.send(addresses.get(index), clientRequest, limit);
                if (clientResponse.status() < FAILURE) {
                    answeredLast = index;
                    return clientResponse;
                }
                refusal = clientResponse;
            } catch (CallFailedException e) {
                failure = failure == null || failure.isSurelyNotDone() ? e : failure;
                if (Thread.currentThread().isInterrupted() || (isLast && refusal == null)) {
                    throw failure;
                }
            }
            if (isLast && refusal != null) {
                return refusal;
            }
        }
    }

    private static IOException refused(ClientResponse clientResponse) {
        var text = clientResponse.text().strip();
        var shown = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return new IOException("the registry at " + clientResponse.from() + " answers " + clientResponse.status()
                + (shown.isEmpty() ? "" : ": " + shown));
    }
}

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

/** Calls the registry at the first of its addresses that responds, starting with the last that did. Thread-safe. */
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
    private volatile int respondedLast;

    /**
     * Creates a client.
     *
     * @param addresses the registry's addresses, at least one
     * @param limit the time limit of all addresses together; each has an equal share, and 1.5 s at least
     */
    public RegistryClient(List<HttpUrl> addresses, Duration limit) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("at least one registry address");
        }
        this.addresses = List.copyOf(addresses);
        this.limit = shareOf(limit, addresses.size());
    }

    /**
     * Returns the limit of one address. One that hangs must not keep a caller from the next; a healthy one responds to
     * a registration within a second.
     */
    private static Duration shareOf(Duration limit, int addresses) {
        var share = limit.dividedBy(addresses);
        return addresses > 1 && share.compareTo(SHARE_MIN) < 0 ? SHARE_MIN : share;
    }

    /** Returns the registry's addresses, in the order in which they are first tried. */
    public List<HttpUrl> addresses() {
        return addresses;
    }

    /**
     * Registers an instance, or registers it again.
     *
     * @return whether the registry supports the extended layer
     * @throws IOException if no address responds, or one responds with anything but 200
     */
    public boolean register(Registration registration) throws IOException {
        var clientResponse = call(ClientRequest.post(PATH, "application/json", Json.bytes(registration)));
        if (clientResponse.status() != OK) {
            throw refused(clientResponse);
        }
        return clientResponse.header(RegistryHeaders.EPOCH).isPresent();
    }

    /**
     * Deregisters an instance. An instance unknown to the registry counts as deregistered; plain registries have
     * several responses for that.
     *
     * @return false if the registry did not know the instance
     * @throws IOException if no address responds, or only with 503: the registry is stopping, or its disk is full
     */
    public boolean deregister(HttpUrl instance) throws IOException {
        var clientResponse =
                call(ClientRequest.delete(PATH, "text/plain", instance.value().getBytes(StandardCharsets.UTF_8)));
        if (clientResponse.status() == UNAVAILABLE) {
            throw refused(clientResponse);
        }
        // the tutorial's registry responds with 500 to it, ours and others with 404
        return clientResponse.status() != NOT_FOUND && clientResponse.status() != FAILURE;
    }

    /**
     * Returns the first response of an address, whatever its status; a 5xx only if no other address has a better one.
     *
     * @throws CallFailedException if none responds; certainly not executed only if that is true of every address
     */
    public ClientResponse call(ClientRequest clientRequest) throws CallFailedException {
        var start = respondedLast;
        @Nullable ClientResponse refusal = null;
        @Nullable CallFailedException failure = null;
        for (var i = 0; ; i++) {
            var index = (start + i) % addresses.size();
            var isLast = i == addresses.size() - 1;
            try {
                var clientResponse = http.send(addresses.get(index), clientRequest, limit);
                if (clientResponse.status() < FAILURE) {
                    respondedLast = index;
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

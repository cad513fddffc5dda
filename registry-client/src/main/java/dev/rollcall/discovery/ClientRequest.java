package dev.rollcall.discovery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A request to a service, independent of the provider that receives it. Immutable. */
public final class ClientRequest {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private final String addressHeader;
    private final Function<URI, Optional<String>> addressValue;

    private ClientRequest(String method, String path, Map<String, String> headers, byte[] body) {
        this(method, path, headers, body, "", address -> Optional.empty());
    }

    private ClientRequest(
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            String addressHeader,
            Function<URI, Optional<String>> addressValue) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.addressHeader = addressHeader;
        this.addressValue = addressValue;
    }

    /** Creates a GET; the path starts with a slash and may have a query, both percent-encoded. */
    public static ClientRequest get(String path) {
        return new ClientRequest("GET", path, Map.of(), new byte[0]);
    }

    /** Creates a POST with a body, which must not change any more. */
    public static ClientRequest post(String path, String contentType, byte[] body) {
        return new ClientRequest("POST", path, Map.of("Content-Type", contentType), body);
    }

    /** Creates a PUT with a body, which must not change any more. */
    public static ClientRequest put(String path, String contentType, byte[] body) {
        return new ClientRequest("PUT", path, Map.of("Content-Type", contentType), body);
    }

    /** Creates a DELETE with a body, which must not change any more. */
    public static ClientRequest delete(String path, String contentType, byte[] body) {
        return new ClientRequest("DELETE", path, Map.of("Content-Type", contentType), body);
    }

    /** Returns a copy with a header set; throws {@link IllegalArgumentException} if it is not a valid one. */
    public ClientRequest with(String name, String value) {
        if (name.isEmpty() || (name + value).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header has a name and no control characters");
        }
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ClientRequest(method, path, Map.copyOf(more), body, addressHeader, addressValue);
    }

    /**
     * Returns a copy with one header whose value depends on the called address, in place of an earlier such one.
     *
     * @param value the value for an address; empty leaves the header out
     */
    public ClientRequest withAt(String name, Function<URI, Optional<String>> value) {
        return new ClientRequest(method, path, headers, body, name, value);
    }

    /** Returns the request for one address. */
    ClientRequest at(URI address) {
        return addressValue
                .apply(address)
                .map(value -> with(addressHeader, value))
                .orElse(this);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Whether the method is idempotent (RFC 9110, 9.2.2). */
    boolean isIdempotent() {
        return IDEMPOTENT.contains(method);
    }

    /** Whether it has a key by which the receiver executes it once (draft-ietf-httpapi-idempotency-key-header). */
    boolean hasKey() {
        return headers.containsKey("Idempotency-Key");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

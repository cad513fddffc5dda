package dev.rollcall.discovery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A request to a service, whichever of its providers will get it. Immutable. */
public final class ClientRequest {
    private static final Set<String> SAFE_TO_REPEAT = Set.of("GET", "HEAD", "PUT", "DELETE");

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private final String nameAt;
    private final Function<URI, Optional<String>> valueAt;

    private ClientRequest(String method, String path, Map<String, String> headers, byte[] body) {
        this(method, path, headers, body, "", address -> Optional.empty());
    }

    private ClientRequest(
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            String nameAt,
            Function<URI, Optional<String>> valueAt) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        this.nameAt = nameAt;
        this.valueAt = valueAt;
    }

    /** A GET; the path starts with a slash and may carry a query, both percent-encoded. */
    public static ClientRequest get(String path) {
        return new ClientRequest("GET", path, Map.of(), new byte[0]);
    }

    /** A POST of a body, which the caller no longer changes. */
    public static ClientRequest post(String path, String contentType, byte[] body) {
        return new ClientRequest("POST", path, Map.of("Content-Type", contentType), body);
    }

    /** A PUT of a body, which the caller no longer changes. */
    public static ClientRequest put(String path, String contentType, byte[] body) {
        return new ClientRequest("PUT", path, Map.of("Content-Type", contentType), body);
    }

    /** A DELETE with a body, which the caller no longer changes. */
    public static ClientRequest delete(String path, String contentType, byte[] body) {
        return new ClientRequest("DELETE", path, Map.of("Content-Type", contentType), body);
    }

    /** The same call with a header set; throws {@link IllegalArgumentException} if it can't be one. */
    public ClientRequest with(String name, String value) {
        if (name.isEmpty() || (name + value).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header has a name and no control characters");
        }
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ClientRequest(method, path, Map.copyOf(more), body, nameAt, valueAt);
    }

    /**
     * The same call with one header whose value depends on who gets the call, in place of an earlier such one.
     *
     * @param value of the address that is called; empty leaves the header out
     */
    public ClientRequest withAt(String name, Function<URI, Optional<String>> value) {
        return new ClientRequest(method, path, headers, body, name, value);
    }

    /** This call as one address gets it. */
    ClientRequest at(URI address) {
        return valueAt.apply(address).map(value -> with(nameAt, value)).orElse(this);
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

    /** Whether doing it twice is the same as doing it once (RFC 9110, 9.2.2). */
    boolean isIdempotent() {
        return SAFE_TO_REPEAT.contains(method);
    }

    /** Whether it bears a key by which whoever gets it twice does it once (draft-ietf-httpapi-idempotency-key-header). */
    boolean hasKey() {
        return headers.containsKey("Idempotency-Key");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

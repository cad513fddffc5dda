package dev.rollcall.system.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer to a request.
 *
 * @param headers the first of each name, whatever its case
 */
public record Reply(int status, Map<String, String> headers, String body) {
    /** Copies. */
    public Reply {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** A header; empty if it is absent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as JSON; {@link AssertionError} if it is none. */
    public JsonNode json() {
        try {
            return Json.read(body, JsonNode.class);
        } catch (MalformedJsonException e) {
            throw new AssertionError("status " + status + " with " + body, e);
        }
    }
}

package dev.rollcall.system.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response.
 *
 * @param headers the first of each name, case-insensitive
 */
public record Reply(int status, Map<String, String> headers, String body) {
    /** Copies the headers. */
    public Reply {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** Returns a header; empty if it is absent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the body as JSON; {@link AssertionError} if it is not JSON. */
    public JsonNode json() {
        try {
            return Json.read(body, JsonNode.class);
        } catch (MalformedJsonException e) {
            throw new AssertionError("status " + status + " with " + body, e);
        }
    }
}

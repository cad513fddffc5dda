package dev.rollcall.testkit;

import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a {@link FaultyServer} received it.
 *
 * @param method GET, POST …
 * @param target path and query as sent
 * @param headers the headers, found without regard to case
 * @param body the body as UTF-8 text
 */
public record ReceivedRequest(String method, String target, Map<String, String> headers, String body) {
    /** Copies. */
    public ReceivedRequest {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    /** Returns a header's value; empty if absent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}

package dev.rollcall.testkit;

import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a {@link FaultyServer} got it.
 *
 * @param method GET, POST …
 * @param target path and query as they were sent
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

    /** A header's value; empty if it is absent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}

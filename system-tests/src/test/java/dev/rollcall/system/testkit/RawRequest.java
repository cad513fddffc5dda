package dev.rollcall.system.testkit;

import java.util.Map;

/** A request as {@link RawServer} received it; header names are case-insensitive. */
public record RawRequest(String method, String path, Map<String, String> headers, String body) {
    static RawRequest of(Message message) {
        var words = message.firstLine().split(" ");
        return new RawRequest(words[0], words[1], message.headers(), message.body());
    }

    /** Returns whether the request has this method and path. */
    public boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.equals(wantedPath);
    }
}

package dev.rollcall.system.testkit;

import java.util.Map;

/** A request as {@link RawServer} got it; header names are found whatever their case. */
public record RawRequest(String method, String path, Map<String, String> headers, String body) {
    static RawRequest of(Message message) {
        var words = message.firstLine().split(" ");
        return new RawRequest(words[0], words[1], message.headers(), message.body());
    }

    /** Whether it is this method on this path. */
    public boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.equals(wantedPath);
    }
}

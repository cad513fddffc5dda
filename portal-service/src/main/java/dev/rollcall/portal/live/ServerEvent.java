package dev.rollcall.portal.live;

import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;

/**
 * A server-sent event.
 *
 * @param name its kind; {@code message} by default
 * @param id the last id received up to this event; may be empty
 * @param data its lines
 */
public record ServerEvent(String name, String id, String data) {
    /** Encodes an event of ours, its value as JSON, which has no line ends. */
    public static byte[] bytes(String name, Object value) {
        return ("event: " + name + "\ndata: " + Json.text(value) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}

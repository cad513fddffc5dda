package dev.rollcall.portal.live;

import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;

/**
 * A server-sent event.
 *
 * @param name its kind; {@code message} if none is told
 * @param id the last id told up to it; empty if none was
 * @param data its lines
 */
public record ServerEvent(String name, String id, String data) {
    /** An event of ours as it goes over the wire: its value as JSON, which has no line ends. */
    public static byte[] bytes(String name, Object value) {
        return ("event: " + name + "\ndata: " + Json.text(value) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}

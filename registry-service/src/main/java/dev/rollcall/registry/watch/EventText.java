package dev.rollcall.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.wire.Json;
import java.io.ByteArrayOutputStream;

/** The bytes of server-sent events (WHATWG HTML, section 9.2). */
final class EventText {
    /** Keeps the connection alive for both sides and for proxies in between. */
    static final byte[] COMMENT = ": still here\n\n".getBytes(UTF_8);

    /** Makes a browser reconnect a second after the stream has ended. */
    private static final String RETRY = "retry: 1000\n\n";

    private EventText() {}

    static byte[] change(EventId id, ChangeLine change) {
        return ("event: change\nid: " + id + "\ndata: " + Json.text(change) + "\n\n").getBytes(UTF_8);
    }

    static byte[] bookmark(EventId id) {
        return ("event: bookmark\nid: " + id + "\ndata: {}\n\n").getBytes(UTF_8);
    }

    /** Returns the first bytes for a new watcher: the whole roll. */
    static byte[] opening(EventId id, byte[] roll) {
        var head = RETRY + "event: snapshot\nid: " + id + "\ndata: ";
        return join(head.getBytes(UTF_8), roll, "\n\n".getBytes(UTF_8));
    }

    /** Returns the first bytes for a watcher that reconnects: what it missed. */
    static byte[] resumption(byte[] missed) {
        return join(RETRY.getBytes(UTF_8), missed);
    }

    static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}

package dev.rollcall.portal.live;

import dev.rollcall.http.LiveStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open pages that receive the same events. Thread-safe; nothing here blocks. */
public final class Broadcast {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    /** Adds a page until its stream closes. */
    public void add(LiveStream stream) {
        streams.add(stream);
        stream.onClosed(end -> streams.remove(stream));
    }

    public int count() {
        return streams.size();
    }

    public void send(byte[] event) {
        streams.forEach(stream -> stream.offer(event));
    }

    /** Writes a comment to all pages, which detects closed connections. */
    public void keepAlive() {
        send(COMMENT);
    }
}

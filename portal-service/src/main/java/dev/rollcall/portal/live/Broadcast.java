package dev.rollcall.portal.live;

import dev.rollcall.http.LiveStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open pages that are told alike. Thread-safe; nothing here blocks. */
public final class Broadcast {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    /** No pages yet. */
    public Broadcast() {}

    /** One more, until its stream has an end. */
    public void add(LiveStream stream) {
        streams.add(stream);
        stream.onClosed(end -> streams.remove(stream));
    }

    /** How many there are. */
    public int count() {
        return streams.size();
    }

    /** Tells all. */
    public void send(byte[] event) {
        streams.forEach(stream -> stream.offer(event));
    }

    /** Writes something to all that means nothing, by which it is found out who is gone. */
    public void touch() {
        send(COMMENT);
    }
}

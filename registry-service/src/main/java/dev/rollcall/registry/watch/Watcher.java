package dev.rollcall.registry.watch;

import dev.rollcall.http.LiveStream;
import dev.rollcall.wire.ServiceName;
import java.util.Optional;

/** A watcher of the roll, or of one service, and its position. Not thread-safe. */
final class Watcher {
    private final LiveStream stream;
    private final Optional<ServiceName> name;
    private final String epoch;
    private long position;
    private long sent;

    /** Creates a watcher that has been sent everything up to a position. */
    Watcher(LiveStream stream, Optional<ServiceName> name, EventId start) {
        this.stream = stream;
        this.name = name;
        this.epoch = start.epoch();
        this.position = start.revision();
        this.sent = start.revision();
    }

    LiveStream stream() {
        return stream;
    }

    /** Returns the last revision that was sent, or filtered out. */
    long position() {
        return position;
    }

    /** Sends what is new to it. */
    void send(NoticeBatch noticeBatch) {
        if (noticeBatch.lastRevision() <= position) {
            return;
        }
        var events = noticeBatch.events(position, name);
        position = noticeBatch.lastRevision();
        if (events.length > 0) {
            sent = position;
            stream.offer(events);
        }
    }

    /** Sends a comment; or, if changes were filtered out since the last event, its position. */
    void remind() {
        if (sent == position) {
            stream.offer(EventText.COMMENT);
        } else {
            sent = position;
            stream.offer(EventText.bookmark(new EventId(epoch, position)));
        }
    }
}

package dev.rollcall.registry.watch;

import dev.rollcall.http.LiveStream;
import dev.rollcall.wire.ServiceName;
import java.util.Optional;

/** One who watches the roll, or one service on it, and how far it has come. Not thread-safe. */
final class Watcher {
    private final LiveStream stream;
    private final Optional<ServiceName> name;
    private final String epoch;
    private long seen;
    private long told;

    /** Has been told everything up to a revision. */
    Watcher(LiveStream stream, Optional<ServiceName> name, EventId last) {
        this.stream = stream;
        this.name = name;
        this.epoch = last.epoch();
        this.seen = last.revision();
        this.told = last.revision();
    }

    LiveStream stream() {
        return stream;
    }

    /** What it was told, or wasn't to be told, ends with this revision. */
    long seen() {
        return seen;
    }

    /** Tells what is new to it. */
    void send(NoticeBatch noticeBatch) {
        if (noticeBatch.lastRevision() <= seen) {
            return;
        }
        var events = noticeBatch.events(seen, name);
        seen = noticeBatch.lastRevision();
        if (events.length > 0) {
            told = seen;
            stream.offer(events);
        }
    }

    /** Says that there is nothing to say; to one who hasn't been told for long, how far it has come all the same. */
    void remind() {
        if (told == seen) {
            stream.offer(EventText.COMMENT);
        } else {
            told = seen;
            stream.offer(EventText.bookmark(new EventId(epoch, seen)));
        }
    }
}

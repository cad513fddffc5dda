package dev.rollcall.registry.watch;

import dev.rollcall.wire.ServiceName;
import org.jspecify.annotations.Nullable;

/** One change as it is sent to watchers; rendered once, on first use. Thread-safe. */
final class ChangeNotice {
    private static final long BYTES_MIN = 500;

    private final EventId id;
    private final ChangeLine line;
    private final ServiceName formerName;
    private final long textBytes;
    private volatile byte @Nullable [] event;

    /**
     * Creates the notice of a change.
     *
     * @param formerName the instance's service before the change
     * @param textBytes the length of the registration's texts
     */
    ChangeNotice(EventId id, ChangeLine line, ServiceName formerName, long textBytes) {
        this.id = id;
        this.line = line;
        this.formerName = formerName;
        this.textBytes = textBytes;
    }

    /** Returns roughly how much memory it takes: the texts of the registration, and as much for the event. */
    long bytes() {
        return BYTES_MIN + 2 * textBytes;
    }

    long revision() {
        return id.revision();
    }

    ChangeLine line() {
        return line;
    }

    /**
     * Returns whether watchers of one service must get it: the instance belongs to the service, or did before the
     * change.
     */
    boolean concerns(ServiceName name) {
        return name.equals(line.instance().name()) || name.equals(formerName);
    }

    /** Returns the event, which must not be changed. */
    byte[] event() {
        var bytes = event;
        if (bytes == null) {
            // rendered twice if two threads are first at once
            bytes = EventText.change(id, line);
            event = bytes;
        }
        return bytes;
    }
}

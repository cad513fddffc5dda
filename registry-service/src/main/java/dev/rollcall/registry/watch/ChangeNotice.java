package dev.rollcall.registry.watch;

import dev.rollcall.wire.ServiceName;
import org.jspecify.annotations.Nullable;

/** What watchers are told of one change; rendered once, when the first of them is told. Thread-safe. */
final class ChangeNotice {
    private static final long BYTES_MIN = 500;

    private final EventId id;
    private final ChangeLine line;
    private final ServiceName formerName;
    private final long textBytes;
    private volatile byte @Nullable [] event;

    /**
     * The former name is that of the service that the instance was of before the change.
     *
     * @param textBytes how long the texts of the registration are
     */
    ChangeNotice(EventId id, ChangeLine line, ServiceName formerName, long textBytes) {
        this.id = id;
        this.line = line;
        this.formerName = formerName;
        this.textBytes = textBytes;
    }

    /** Returns about how much memory its texts take: those of the registration, and as much for the event. */
    long bytes() {
        return BYTES_MIN + 2 * textBytes;
    }

    long revision() {
        return id.revision();
    }

    ChangeLine line() {
        return line;
    }

    /** Whether those are to be told who watch one service only: it is about that, or an instance isn't of it any more. */
    boolean concerns(ServiceName name) {
        return name.equals(line.instance().name()) || name.equals(formerName);
    }

    /** The event; nobody changes it. */
    byte[] event() {
        var bytes = event;
        if (bytes == null) {
            // perhaps twice, when two are first at once
            bytes = EventText.change(id, line);
            event = bytes;
        }
        return bytes;
    }
}

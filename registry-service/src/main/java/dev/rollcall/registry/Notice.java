package dev.rollcall.registry;

import dev.rollcall.wire.ServiceName;
import org.jspecify.annotations.Nullable;

/** What watchers are told of one change; rendered once, when the first of them is told. Thread-safe. */
final class Notice {
    private final EventId id;
    private final ChangeLine line;
    private final ServiceName formerName;
    private volatile byte @Nullable [] event;

    /** The former name is that of the service that the instance was of before the change. */
    Notice(EventId id, ChangeLine line, ServiceName formerName) {
        this.id = id;
        this.line = line;
        this.formerName = formerName;
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

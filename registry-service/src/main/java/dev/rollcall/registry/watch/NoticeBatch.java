package dev.rollcall.registry.watch;

import dev.rollcall.wire.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes that are sent to watchers together. What is the same for many watchers is rendered once. Not thread-safe. */
final class NoticeBatch {
    private final List<ChangeNotice> notices;
    private final Map<Optional<ServiceName>, byte[]> shared = new HashMap<>();

    /** Creates a batch of at least one change, in order. */
    NoticeBatch(List<ChangeNotice> notices) {
        this.notices = List.copyOf(notices);
    }

    /** Returns the revision that it leads to. */
    long lastRevision() {
        return notices.get(notices.size() - 1).revision();
    }

    /**
     * Returns the events after a revision, of one service or of all; no bytes if there are none. They must not be
     * changed.
     */
    byte[] events(long after, Optional<ServiceName> name) {
        return after < notices.get(0).revision()
                ? shared.computeIfAbsent(name, n -> joined(after, n))
                : joined(after, name);
    }

    private byte[] joined(long after, Optional<ServiceName> name) {
        return EventText.join(notices.stream()
                .filter(changeNotice -> changeNotice.revision() > after)
                .filter(changeNotice -> name.map(changeNotice::concerns).orElse(true))
                .map(ChangeNotice::event)
                .toArray(byte[][]::new));
    }
}

package dev.rollcall.registry.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The last changes of the roll, bounded in number and in total size. Thread-safe. */
final class ChangeHistory {
    /** Room for 10,000 changes of our own services, or for a few hundred of the largest registrations. */
    static final long BYTES_MAX = 16L << 20;

    private final int noticesMax;
    private final ArrayDeque<ChangeNotice> notices = new ArrayDeque<>();
    private long dropped;
    private long lastRevision;
    private long bytes;

    /**
     * Creates an empty history.
     *
     * @param noticesMax how many changes are kept
     * @param revision the roll's current revision
     */
    ChangeHistory(int noticesMax, long revision) {
        this.noticesMax = noticesMax;
        this.dropped = revision;
        this.lastRevision = revision;
    }

    /** Appends the next change; revisions only rise. */
    synchronized void add(ChangeNotice changeNotice) {
        notices.addLast(changeNotice);
        bytes += changeNotice.bytes();
        while (notices.size() > noticesMax || (bytes > BYTES_MAX && notices.size() > 1)) {
            var oldest = notices.removeFirst();
            dropped = oldest.revision();
            bytes -= oldest.bytes();
        }
        lastRevision = changeNotice.revision();
    }

    /** Returns the revision of the last change. */
    synchronized long lastRevision() {
        return lastRevision;
    }

    /** Returns all changes after a revision; empty if some were dropped, or the revision does not exist yet. */
    synchronized Optional<List<ChangeNotice>> after(long revision) {
        if (revision < dropped || revision > lastRevision) {
            return Optional.empty();
        }
        var later = new ArrayList<ChangeNotice>();
        for (var iterator = notices.descendingIterator(); iterator.hasNext(); ) {
            var changeNotice = iterator.next();
            if (changeNotice.revision() <= revision) {
                break;
            }
            later.add(changeNotice);
        }
        Collections.reverse(later);
        return Optional.of(later);
    }

    /** Returns the last changes, the newest last. */
    synchronized List<ChangeNotice> latest(int limit) {
        return notices.stream().skip(Math.max(0, notices.size() - limit)).toList();
    }
}

package dev.rollcall.registry.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The last changes of the roll: a bounded number of them, of a bounded size together. Thread-safe. */
final class ChangeHistory {
    /** 10,000 changes of our own services fit; of the largest registrations it holds the last few hundred. */
    static final long BYTES_MAX = 16L << 20;

    private final int noticesMax;
    private final ArrayDeque<ChangeNotice> notices = new ArrayDeque<>();
    private long forgotten;
    private long newest;
    private long bytes;

    /**
     * Knows nothing yet.
     *
     * @param noticesMax how many changes are kept
     * @param revision the roll's now, before the first change
     */
    ChangeHistory(int noticesMax, long revision) {
        this.noticesMax = noticesMax;
        this.forgotten = revision;
        this.newest = revision;
    }

    /** Adds the next change; revisions only rise. */
    synchronized void add(ChangeNotice changeNotice) {
        notices.addLast(changeNotice);
        bytes += changeNotice.bytes();
        while (notices.size() > noticesMax || (bytes > BYTES_MAX && notices.size() > 1)) {
            var oldest = notices.removeFirst();
            forgotten = oldest.revision();
            bytes -= oldest.bytes();
        }
        newest = changeNotice.revision();
    }

    /** The revision of the last change. */
    synchronized long newest() {
        return newest;
    }

    /** All changes after a revision; empty if not all of them are known, or the revision isn't there yet. */
    synchronized Optional<List<ChangeNotice>> after(long revision) {
        if (revision < forgotten || revision > newest) {
            return Optional.empty();
        }
        var later = new ArrayList<ChangeNotice>();
        for (var each = notices.descendingIterator(); each.hasNext(); ) {
            var changeNotice = each.next();
            if (changeNotice.revision() <= revision) {
                break;
            }
            later.add(changeNotice);
        }
        Collections.reverse(later);
        return Optional.of(later);
    }

    /** The last changes, the newest last. */
    synchronized List<ChangeNotice> latest(int limit) {
        return notices.stream().skip(Math.max(0, notices.size() - limit)).toList();
    }
}

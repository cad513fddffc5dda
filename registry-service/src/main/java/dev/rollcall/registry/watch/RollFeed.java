package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Serves queries and watches: keeps the last changes, the watchers and the long polls. {@link #changed} is called by
 * the registry's own thread and is quick; all other methods may be called by any thread.
 */
public final class RollFeed implements AutoCloseable {
    private final String epoch;
    private final RollTracker rollTracker;
    private final ChangeHistory changeHistory;
    private final Watchers watchers;
    private final LongPolls polls;
    private final SharedBytes<RollQuery> pages = new SharedBytes<>(System::nanoTime);
    private final SharedBytes<Optional<ServiceName>> openings = new SharedBytes<>(System::nanoTime);
    private final SharedBytes<Resumption> resumptions = new SharedBytes<>(System::nanoTime);

    /**
     * Starts with the present roll.
     *
     * @param revision returns the roll's current revision
     */
    public RollFeed(WatchSettings settings, RollView view, LongSupplier revision) {
        this.epoch = view.epoch();
        this.rollTracker = new RollTracker(view);
        this.changeHistory = new ChangeHistory(settings.history(), view.revision());
        this.watchers = new Watchers(settings, changeHistory);
        this.polls = new LongPolls(settings, changeHistory, revision);
    }

    public void start() {
        watchers.start();
    }

    /** Takes the next change. Called by one thread only, in order. */
    public void changed(RollChange rollChange) {
        changeHistory.add(rollTracker.notice(rollChange));
        watchers.wake();
        polls.wake();
    }

    Watchers watchers() {
        return watchers;
    }

    LongPolls polls() {
        return polls;
    }

    /** Returns the number of watchers. */
    public int watcherCount() {
        return watchers.count();
    }

    /** Returns the number of former watchers by how they ended. */
    public Map<String, Long> watchersEnded() {
        return watchers.ended();
    }

    /** Returns the number of pending long polls. */
    public int longPollCount() {
        return polls.count();
    }

    /** Returns the last changes, the newest last. */
    List<ChangeLine> latest(int limit) {
        return changeHistory.latest(limit).stream().map(ChangeNotice::line).toList();
    }

    /** Returns the JSON array of the queried instances. */
    byte[] page(RollQuery query, RollView view) {
        return pages.get(query, view.revision(), () -> query.json(view));
    }

    /** Returns the first bytes for a new watcher: the whole roll. */
    Opening opening(Optional<ServiceName> name, RollView view) {
        var id = new EventId(epoch, view.revision());
        var bytes = openings.get(name, id.revision(), () -> EventText.opening(id, page(RollQuery.of(name), view)));
        return new Opening(bytes, id);
    }

    /** Returns the first bytes for a watcher that reconnects; empty if it was away for too long. */
    Optional<Opening> resumption(Optional<ServiceName> name, EventId last) {
        var missed = last.epoch().equals(epoch)
                ? changeHistory.after(last.revision())
                : Optional.<List<ChangeNotice>>empty();
        return missed.map(notices -> resumption(name, last, notices));
    }

    private Opening resumption(Optional<ServiceName> name, EventId last, List<ChangeNotice> missed) {
        if (missed.isEmpty()) {
            return new Opening(EventText.resumption(new byte[0]), last);
        }
        var noticeBatch = new NoticeBatch(missed);
        var bytes = resumptions.get(
                new Resumption(name, last.revision()),
                noticeBatch.lastRevision(),
                () -> EventText.resumption(noticeBatch.events(last.revision(), name)));
        return new Opening(bytes, new EventId(epoch, noticeBatch.lastRevision()));
    }

    /** Responds to all long polls. Watchers end with their streams. */
    public void release() {
        polls.release();
    }

    @Override
    public void close() {
        polls.close();
        watchers.close();
    }

    /** The first bytes of a watcher's stream, and the position they lead to. */
    static final class Opening {
        private final byte[] bytes;
        private final EventId last;

        Opening(byte[] bytes, EventId last) {
            this.bytes = bytes;
            this.last = last;
        }

        byte[] bytes() {
            return bytes;
        }

        EventId last() {
            return last;
        }
    }

    private record Resumption(Optional<ServiceName> name, long after) {}
}

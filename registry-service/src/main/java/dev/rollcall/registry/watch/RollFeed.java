package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the registry keeps for those who ask: the last changes, those who watch, those who wait. Is told of each change
 * by the registry's own thread and takes little of its time; everything else may be called by any thread.
 */
public final class RollFeed implements AutoCloseable {
    private final String epoch;
    private final RollTracker rollTracker;
    private final ChangeHistory changeHistory;
    private final Watchers watchers;
    private final LongPolls polls;
    private final SharedBytes<RollQuery> pages = new SharedBytes<>(System::nanoTime);
    private final SharedBytes<Optional<ServiceName>> beginnings = new SharedBytes<>(System::nanoTime);
    private final SharedBytes<Resumption> resumptions = new SharedBytes<>(System::nanoTime);

    /** Begins with the roll as it is; the revision is always that of the roll now. */
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

    /** Takes in the next change. Called by one thread only, in order. */
    public void changed(RollChange rollChange) {
        changeHistory.add(rollTracker.notice(rollChange));
        watchers.wake();
        polls.wake();
    }

    public Watchers watchers() {
        return watchers;
    }

    public LongPolls polls() {
        return polls;
    }

    /** The last changes, the newest last. */
    List<ChangeLine> latest(int limit) {
        return changeHistory.latest(limit).stream().map(ChangeNotice::line).toList();
    }

    /** The JSON array of those asked for. */
    byte[] page(RollQuery query, RollView view) {
        return pages.get(query, view.revision(), () -> query.json(view));
    }

    /** What a new watcher is sent first: the whole roll. */
    Opening opening(Optional<ServiceName> name, RollView view) {
        var id = new EventId(epoch, view.revision());
        var bytes = beginnings.get(name, id.revision(), () -> EventText.opening(id, page(RollQuery.of(name), view)));
        return new Opening(bytes, id);
    }

    /** What a watcher is sent first that comes back; empty if it has been away for too long. */
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

    /** Answers all who wait; the others are ended with their streams. */
    public void release() {
        polls.release();
    }

    @Override
    public void close() {
        polls.close();
        watchers.close();
    }

    /** The first bytes of a watcher's stream, and how far they bring it. */
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

package dev.rollcall.registry.watch;

import dev.rollcall.http.LiveStream;
import dev.rollcall.http.LiveStream.End;
import dev.rollcall.wire.ServiceName;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * All watchers of the roll, and the one thread that sends to them; the registry's own thread only wakes it. Changes
 * that gathered meanwhile are sent together. Thread-safe.
 *
 * <p>No change is missed or sent twice: each watcher has a position and is sent what the {@link ChangeHistory} has
 * after it.
 */
final class Watchers implements AutoCloseable {
    /** Reminders go to one part of the watchers after another, not to all at one tick. */
    private static final int PARTS = 15;

    private final WatchSettings settings;
    private final ChangeHistory changeHistory;
    private final NotifierThread thread = new NotifierThread("watchers");
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<End, LongAdder> ended = new ConcurrentHashMap<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private long sent;
    private int part;

    Watchers(WatchSettings settings, ChangeHistory changeHistory) {
        this.settings = settings;
        this.changeHistory = changeHistory;
        this.sent = changeHistory.lastRevision();
    }

    void start() {
        thread.scheduleRepeatedly(this::remind, settings.reminder().dividedBy(PARTS));
    }

    /** Notes that the history has a new change. While there is no watcher, no thread is woken. */
    void wake() {
        if (open.get() > 0 && isWoken.compareAndSet(false, true)) {
            thread.execute(this::notifyWatchers);
        }
    }

    boolean isFull() {
        return open.get() >= settings.watchersMax();
    }

    /** Returns the number of watchers. */
    int count() {
        return open.get();
    }

    /** Returns the number of former watchers by how they ended. */
    Map<String, Long> ended() {
        var counts = new TreeMap<String, Long>();
        for (var end : End.values()) {
            var count = ended.get(end);
            counts.put(end.word(), count == null ? 0 : count.sum());
        }
        return counts;
    }

    /** Sends a stream the changes after a position, of one service or of all, until it ends. */
    void add(LiveStream stream, Optional<ServiceName> name, EventId last) {
        var watcher = new Watcher(stream, name, last);
        open.incrementAndGet();
        // before onClosed, which can remove it at once
        thread.execute(() -> join(watcher));
        stream.onClosed(end -> {
            open.decrementAndGet();
            ended.computeIfAbsent(end, e -> new LongAdder()).increment();
            thread.execute(() -> watchers.remove(watcher));
        });
    }

    @Override
    public void close() {
        thread.close();
    }

    private void join(Watcher watcher) {
        var lastRevision = changeHistory.lastRevision();
        if (watchers.isEmpty()) {
            sent = lastRevision;
        }
        if (watcher.position() < lastRevision && !catchUp(watcher)) {
            watcher.stream().close();
            return;
        }
        watchers.add(watcher);
    }

    /**
     * Sends what has changed since the watcher's first bytes were made; returns whether the history still holds all of
     * it.
     */
    private boolean catchUp(Watcher watcher) {
        var missed = changeHistory.after(watcher.position());
        missed.filter(notices -> !notices.isEmpty()).ifPresent(notices -> watcher.send(new NoticeBatch(notices)));
        return missed.isPresent();
    }

    private void notifyWatchers() {
        isWoken.set(false);
        var changes = changeHistory.after(sent);
        if (changes.isEmpty()) {
            // lags so far that changes were dropped: the watchers reconnect and get a snapshot
            sent = changeHistory.lastRevision();
            watchers.forEach(watcher -> watcher.stream().close());
        } else if (!changes.get().isEmpty()) {
            var noticeBatch = new NoticeBatch(changes.get());
            sent = noticeBatch.lastRevision();
            watchers.forEach(watcher -> watcher.send(noticeBatch));
        }
    }

    private void remind() {
        part = (part + 1) % PARTS;
        watchers.stream()
                .filter(watcher -> Math.floorMod(watcher.hashCode(), PARTS) == part)
                .forEach(Watcher::remind);
    }
}

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
 * Everybody who watches the roll, and the one thread that tells them; the registry's own thread only wakes it. Whatever
 * came meanwhile is told together. Its methods may be called by any thread.
 *
 * <p>Nothing is missed and nothing is told twice, because each watcher has the revision up to which it was told, and is
 * told what the {@link ChangeHistory} has after that.
 */
public final class Watchers implements AutoCloseable {
    /** A reminder comes to one part of the watchers after the other, and not to all at one tick. */
    private static final int PARTS = 15;

    private final WatchSettings settings;
    private final ChangeHistory changeHistory;
    private final NotifierThread thread = new NotifierThread("watchers");
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<End, LongAdder> ended = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long told;
    private int part;

    Watchers(WatchSettings settings, ChangeHistory changeHistory) {
        this.settings = settings;
        this.changeHistory = changeHistory;
        this.told = changeHistory.newest();
    }

    void start() {
        thread.scheduleRepeatedly(this::remind, settings.reminder().dividedBy(PARTS));
    }

    /** The history has something new. While nobody watches, no thread is woken for it. */
    void wake() {
        if (open.get() > 0 && woken.compareAndSet(false, true)) {
            thread.execute(this::notifyWatchers);
        }
    }

    boolean isFull() {
        return open.get() >= settings.watchersMax();
    }

    /** How many there are. */
    public int count() {
        return open.get();
    }

    /** How many there were, by how they ended. */
    public Map<String, Long> ended() {
        var counts = new TreeMap<String, Long>();
        for (var end : End.values()) {
            var count = ended.get(end);
            counts.put(end.word(), count == null ? 0 : count.sum());
        }
        return counts;
    }

    /** Tells a stream of what comes after a revision, of one service or of all, until it ends. */
    void add(LiveStream stream, Optional<ServiceName> name, EventId last) {
        var watcher = new Watcher(stream, name, last);
        open.incrementAndGet();
        // before it may be removed, which can be at once
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
        var newest = changeHistory.newest();
        if (watchers.isEmpty()) {
            told = newest;
        }
        if (watcher.seen() < newest && !catchUp(watcher)) {
            watcher.stream().close();
            return;
        }
        watchers.add(watcher);
    }

    /** Tells what has come since the watcher's beginning was made; whether all of that is known still. */
    private boolean catchUp(Watcher watcher) {
        var missed = changeHistory.after(watcher.seen());
        missed.filter(notices -> !notices.isEmpty()).ifPresent(notices -> watcher.send(new NoticeBatch(notices)));
        return missed.isPresent();
    }

    private void notifyWatchers() {
        woken.set(false);
        var news = changeHistory.after(told);
        if (news.isEmpty()) {
            // so far behind that some is lost: they come back, and get a snapshot
            told = changeHistory.newest();
            watchers.forEach(watcher -> watcher.stream().close());
        } else if (!news.get().isEmpty()) {
            var noticeBatch = new NoticeBatch(news.get());
            told = noticeBatch.lastRevision();
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

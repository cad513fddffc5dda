package dev.rollcall.portal.system;

import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.http.LiveStream;
import dev.rollcall.http.RepeatingTask;
import dev.rollcall.portal.live.Broadcast;
import dev.rollcall.portal.live.EventClient;
import dev.rollcall.portal.live.EventReader;
import dev.rollcall.portal.live.ServerEvent;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.MalformedJsonException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one watch on the registry, from the first page on, and notifies all open pages. Thread-safe.
 *
 * <p>Besides, it queries the whole roll every 2 s while pages are open, because the watch doesn't carry the times of
 * the last responses. It also queries for each rendered page, unless the last query is less than 1 s old.
 */
public final class RollWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollWatch.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);
    private static final long ROUND_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long GATHER_MILLIS = 50;

    private final RollClient rollClient;
    private final List<HttpUrl> addresses;
    private final InstantSource time;
    private final Broadcast broadcast = new Broadcast();
    private final Object queryLock = new Object();
    private final KnownRoll state = new KnownRoll();
    private final LiveParts parts = new LiveParts();
    private final Runnable round = guarded(this::round);
    private final Runnable queryAndNotify = guarded(this::queryAndNotify);
    private final Runnable notifyPages = guarded(this::notifyPages);
    private final Runnable watching = guarded(this::watch);
    private @Nullable ScheduledExecutorService notifier;
    private @Nullable ExecutorService queryExecutor;
    private @Nullable EventClient eventClient;
    private @Nullable EventReader reader;
    private long queriedNanos;
    private boolean isQueried;
    private boolean isNotifying;
    private boolean isWatchable = true;
    private int nextAddress;

    /** Creates a watch that starts with the first page. */
    public RollWatch(RegistryClient registry, InstantSource time) {
        this.rollClient = new RollClient(registry);
        this.addresses = registry.addresses();
        this.time = time;
    }

    /** Returns the state, at most 1 s old. */
    SystemView view() {
        start();
        synchronized (queryLock) {
            if (!isFresh()) {
                query();
            }
        }
        return known();
    }

    /** Returns the known state without a query. */
    SystemView known() {
        return state.view(time.instant());
    }

    /** Notifies an open page from now on. */
    void send(LiveStream stream) {
        start();
        synchronized (this) {
            if (notifier == null || notifier.isShutdown()) {
                stream.close();
                return;
            }
            // on the notifier thread, so that no change precedes the state it changes
            notifier.execute(() -> {
                broadcast.add(stream);
                parts.all(known()).forEach(stream::offer);
            });
        }
    }

    private synchronized boolean isFresh() {
        return isQueried && System.nanoTime() - queriedNanos < FRESH.toNanos();
    }

    private void query() {
        var queryResult = rollClient.query();
        var changes = queryResult.isAvailable() ? rollClient.changes(SystemView.CHANGES_SHOWN) : List.<RollChange>of();
        var healthReasons = queryResult.isAvailable() ? rollClient.healthReasons() : List.<String>of();
        state.update(queryResult, changes, healthReasons);
        synchronized (this) {
            queriedNanos = System.nanoTime();
            isQueried = true;
        }
    }

    private synchronized void start() {
        if (notifier != null) {
            return;
        }
        var executor = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "roll-notifier"));
        var unused = executor.scheduleWithFixedDelay(round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        queryExecutor = Executors.newSingleThreadExecutor(work -> thread(work, "roll-query"));
        eventClient = new EventClient();
        notifier = executor;
        watch();
    }

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private synchronized void watch() {
        if (eventClient == null || notifier == null || notifier.isShutdown()) {
            return;
        }
        var address = addresses.get(nextAddress % addresses.size());
        var lastId = state.lastId();
        var headers = lastId.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", lastId);
        reader = eventClient.open(address.resolve("/services/watch"), headers, new Listener());
    }

    /**
     * Catches everything: an executor never runs a periodic task again that threw, and other tasks' exceptions would be
     * lost.
     */
    private static Runnable guarded(Runnable task) {
        var repeatingTask = new RepeatingTask("pages about the system may not be updated");
        return () -> repeatingTask.run(task);
    }

    /** Queries the whole roll while pages are open. */
    private void round() {
        try {
            rewatchIfSilent();
            var executor = queryExecutor;
            if (broadcast.count() > 0 && executor != null) {
                executor.execute(queryAndNotify);
            }
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("the watch is closed");
        }
    }

    private void queryAndNotify() {
        synchronized (queryLock) {
            if (!isFresh()) {
                query();
            }
        }
        broadcast.keepAlive();
        scheduleNotify();
    }

    private synchronized void rewatchIfSilent() {
        if (reader != null && isWatchable && reader.silence().compareTo(SILENCE_MAX) > 0) {
            reader.close();
            watch();
        }
    }

    /** Schedules one notification of the pages, which collects all changes until then. */
    private synchronized void scheduleNotify() {
        if (!isNotifying && notifier != null && broadcast.count() > 0) {
            isNotifying = true;
            try {
                var unused = notifier.schedule(notifyPages, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException | Error e) {
                // the next change schedules again
                isNotifying = false;
            }
        }
    }

    private void notifyPages() {
        synchronized (this) {
            isNotifying = false;
        }
        parts.changed(known()).forEach(broadcast::send);
    }

    private synchronized void watchEnded(int status) {
        nextAddress++;
        // a plain registry has no watch; retry rarely, since another may replace it
        isWatchable = status == 0 || status == 200 || status == 503;
        if (notifier != null) {
            try {
                var again = isWatchable ? RETRY_MILLIS : 30 * RETRY_MILLIS;
                var unusedWatch = notifier.schedule(watching, again, TimeUnit.MILLISECONDS);
                var unusedRound = notifier.schedule(round, 0, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.atDebug().log("the watch is closed");
            }
        }
    }

    /** Stops the watch; the server ends the open pages' streams. */
    @Override
    public synchronized void close() {
        if (notifier != null) {
            notifier.shutdownNow();
        }
        if (queryExecutor != null) {
            queryExecutor.shutdownNow();
        }
        if (reader != null) {
            reader.close();
        }
    }

    private final class Listener implements EventReader.Listener {
        @Override
        public void onOpen() {
            LOG.atDebug().log("watching the registry");
        }

        @Override
        public void onEvent(ServerEvent event) {
            try {
                state.apply(event);
                scheduleNotify();
            } catch (MalformedJsonException e) {
                LOG.atWarn()
                        .addKeyValue("event", event.name())
                        .setCause(e)
                        .log("the registry's event can't be read; check the registry's version");
            }
        }

        @Override
        public void onEnd(int status) {
            watchEnded(status);
        }
    }
}

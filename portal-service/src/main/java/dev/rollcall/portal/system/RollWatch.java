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
 * Holds one watch on the registry, from the first page that wants it on, and tells all open pages. Thread-safe.
 *
 * <p>Besides the watch, the registry is asked for all of it: every other second while pages are open, since the times of
 * the last answers are no part of the watch, and for each page that is made, unless it was asked within the last second.
 */
public final class RollWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollWatch.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);
    private static final long ROUND_MILLIS = 2_000;
    private static final long AGAIN_MILLIS = 1_000;
    private static final long GATHER_MILLIS = 50;

    private final RollClient asker;
    private final List<HttpUrl> addresses;
    private final InstantSource time;
    private final Broadcast broadcast = new Broadcast();
    private final Object asking = new Object();
    private final KnownRoll state = new KnownRoll();
    private final LiveParts parts = new LiveParts();
    private final Runnable round = safely(this::round);
    private final Runnable queryAndNotify = safely(this::queryAndNotify);
    private final Runnable notifyPages = safely(this::notifyPages);
    private final Runnable watching = safely(this::watch);
    private @Nullable ScheduledExecutorService teller;
    private @Nullable ExecutorService askers;
    private @Nullable EventClient client;
    private @Nullable EventReader reader;
    private long askedNanos;
    private boolean wasAsked;
    private boolean isTelling;
    private boolean isWatchable = true;
    private int nextAddress;

    /** A watch that begins when the first page wants it. */
    public RollWatch(RegistryClient registry, InstantSource time) {
        this.asker = new RollClient(registry);
        this.addresses = registry.addresses();
        this.time = time;
    }

    /** What is known, not older than a second. */
    SystemView view() {
        start();
        synchronized (asking) {
            if (!isFresh()) {
                query();
            }
        }
        return known();
    }

    /** What is known, without asking. */
    SystemView known() {
        return state.view(time.instant());
    }

    /** Tells an open page from now on. */
    void send(LiveStream stream) {
        start();
        synchronized (this) {
            if (teller == null || teller.isShutdown()) {
                stream.close();
                return;
            }
            // by the thread that tells the changes, so that none comes before what it changes
            teller.execute(() -> {
                broadcast.add(stream);
                parts.all(known()).forEach(stream::offer);
            });
        }
    }

    private synchronized boolean isFresh() {
        return wasAsked && System.nanoTime() - askedNanos < FRESH.toNanos();
    }

    private void query() {
        var told = asker.query();
        var changes = told.isTold() ? asker.changes(SystemView.CHANGES_SHOWN) : List.<RollChange>of();
        var newDoubts = told.isTold() ? asker.healthReasons() : List.<String>of();
        state.answered(told, changes, newDoubts);
        synchronized (this) {
            askedNanos = System.nanoTime();
            wasAsked = true;
        }
    }

    private synchronized void start() {
        if (teller != null) {
            return;
        }
        var made = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "roll-teller"));
        var unused = made.scheduleWithFixedDelay(round, ROUND_MILLIS, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        askers = Executors.newSingleThreadExecutor(work -> thread(work, "roll-asker"));
        client = new EventClient();
        teller = made;
        watch();
    }

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private synchronized void watch() {
        if (client == null || teller == null || teller.isShutdown()) {
            return;
        }
        var address = addresses.get(nextAddress % addresses.size());
        var lastId = state.lastId();
        var headers = lastId.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", lastId);
        reader = client.open(address.resolve("/services/watch"), headers, new Listener());
    }

    /** A periodic task that throws would never run again, and what others throw nobody would see. */
    private static Runnable safely(Runnable task) {
        var repeatingTask = new RepeatingTask("pages about the system may stand still");
        return () -> repeatingTask.run(task);
    }

    /** Every other second: ask for all, if anybody looks. */
    private void round() {
        try {
            silence();
            var asks = askers;
            if (broadcast.count() > 0 && asks != null) {
                asks.execute(queryAndNotify);
            }
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("the watch is closed");
        }
    }

    private void queryAndNotify() {
        synchronized (asking) {
            if (!isFresh()) {
                query();
            }
        }
        broadcast.touch();
        soon();
    }

    private synchronized void silence() {
        if (reader != null && isWatchable && reader.silence().compareTo(SILENCE_MAX) > 0) {
            reader.close();
            watch();
        }
    }

    /** Pages are told in a moment, together of all that happens until then. */
    private synchronized void soon() {
        if (!isTelling && teller != null && broadcast.count() > 0) {
            isTelling = true;
            try {
                var unused = teller.schedule(notifyPages, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException | Error e) {
                // the next change tries again
                isTelling = false;
            }
        }
    }

    private void notifyPages() {
        synchronized (this) {
            isTelling = false;
        }
        parts.changed(known()).forEach(broadcast::send);
    }

    private synchronized void ended(int status) {
        nextAddress++;
        // a plain registry has no watch; it is tried again seldom, since another may take its place
        isWatchable = status == 0 || status == 200 || status == 503;
        if (teller != null) {
            try {
                var again = isWatchable ? AGAIN_MILLIS : 30 * AGAIN_MILLIS;
                var unusedWatch = teller.schedule(watching, again, TimeUnit.MILLISECONDS);
                var unusedRound = teller.schedule(round, 0, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.atDebug().log("the watch is closed");
            }
        }
    }

    /** Watches no more; the open pages' streams are the server's to end. */
    @Override
    public synchronized void close() {
        if (teller != null) {
            teller.shutdownNow();
        }
        if (askers != null) {
            askers.shutdownNow();
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
                soon();
            } catch (MalformedJsonException e) {
                LOG.atWarn().addKeyValue("event", event.name()).setCause(e).log("the registry's event can't be read");
            }
        }

        @Override
        public void onEnd(int status) {
            ended(status);
        }
    }
}

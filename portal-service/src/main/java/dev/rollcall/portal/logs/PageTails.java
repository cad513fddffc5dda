package dev.rollcall.portal.logs;

import dev.rollcall.discovery.Providers;
import dev.rollcall.http.LiveStream;
import dev.rollcall.http.RepeatingTask;
import dev.rollcall.portal.live.EventClient;
import dev.rollcall.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All pages that follow the log. One thread flushes them ten times a second. Each has a stream of its own from the log
 * service, without a thread. A broken stream resumes after its last record.
 */
public final class PageTails implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageTails.class);
    private static final int TAILS_MAX = 200;
    private static final long FLUSH_MILLIS = 100;
    private static final long RETRY_MILLIS = 1_000;
    private static final int KEEP_ALIVE_ROUNDS = 100;
    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** The log service writes at least a comment every 15 s. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);

    private final Providers providers;
    private final Duration silenceMax;
    private final Set<OpenTail> tails = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService scheduler;
    private final Runnable flushing = this::flush;
    private final RepeatingTask repeatingTask = new RepeatingTask("pages that follow the log may not be updated");
    private @Nullable EventClient client;
    private int round;

    /** Creates tails that follow the log services among these providers. */
    public PageTails(Providers providers) {
        this(providers, SILENCE_MAX);
    }

    PageTails(Providers providers, Duration silenceMax) {
        this.providers = providers;
        this.silenceMax = silenceMax;
    }

    /** Returns the reasons why the tails may be stuck; empty if all is well. */
    public List<String> healthReasons() {
        return repeatingTask.healthReasons();
    }

    boolean isFull() {
        return tails.size() >= TAILS_MAX;
    }

    /** Adds a page, from now on or after its last record. */
    void add(LiveStream stream, LogSearch search, String lastId) {
        var tail = new OpenTail(search, stream);
        tail.pageTail = new PageTail(stream, lastId, () -> scheduleFollow(tail));
        tails.add(tail);
        stream.onClosed(end -> {
            tails.remove(tail);
            tail.pageTail.close();
        });
        start();
        follow(tail);
    }

    private synchronized void start() {
        if (scheduler == null) {
            var executor = Executors.newSingleThreadScheduledExecutor(PageTails::thread);
            // an executor never runs a periodic task again that threw
            var unused = executor.scheduleWithFixedDelay(
                    () -> repeatingTask.run(flushing), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            client = new EventClient();
            scheduler = executor;
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "tails");
        thread.setDaemon(true);
        return thread;
    }

    private void flush() {
        round++;
        for (var each : tails) {
            try {
                if (each.pageTail.closeIfSilent(silenceMax)) {
                    each.pageTail.state("waiting");
                    follow(each);
                }
                if (!each.pageTail.flush() && round % KEEP_ALIVE_ROUNDS == 0) {
                    each.stream.offer(KEEP_ALIVE);
                }
            } catch (RuntimeException | Error e) {
                each.stream.close();
                LOG.atError().setCause(e).log("log lines could not be sent to a page; its stream is closed");
            }
        }
    }

    private void follow(OpenTail tail) {
        EventClient currentClient;
        synchronized (this) {
            currentClient = client;
        }
        if (currentClient == null || tail.pageTail.isClosed()) {
            return;
        }
        var provider = providers.candidates(ServiceName.LOG).stream().findFirst();
        if (provider.isEmpty()) {
            tail.pageTail.state("waiting");
            scheduleFollow(tail);
            return;
        }
        var last = tail.pageTail.lastId();
        var url = tail.search.at("/log").with("follow", "true").with("limit", last.isEmpty() ? "0" : "");
        var headers = last.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", last);
        tail.pageTail.attach(currentClient.open(provider.get().url().resolve(url.toString()), headers, tail.pageTail));
    }

    /** Catches everything: the scheduled task's future is never read. */
    private void followAgain(OpenTail tail) {
        try {
            follow(tail);
        } catch (RuntimeException | Error e) {
            tail.stream.close();
            LOG.atError().setCause(e).log("a page could not resume its log; its stream is closed");
        }
    }

    private synchronized void scheduleFollow(OpenTail tail) {
        if (scheduler != null) {
            try {
                var unused = scheduler.schedule(() -> followAgain(tail), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                tail.stream.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        tails.forEach(each -> each.pageTail.close());
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
    }

    private static final class OpenTail {
        private final LogSearch search;
        private final LiveStream stream;
        private PageTail pageTail;

        private OpenTail(LogSearch search, LiveStream stream) {
            this.search = search;
            this.stream = stream;
            this.pageTail = new PageTail(stream, "", () -> {});
        }
    }
}

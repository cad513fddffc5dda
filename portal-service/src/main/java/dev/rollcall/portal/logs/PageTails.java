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
 * All pages that follow the log. One thread tells them what came, ten times a second; each has a stream of its own from
 * the log service, which costs no thread. A stream that breaks is taken up again where it broke.
 */
public final class PageTails implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageTails.class);
    private static final int TAILS_MAX = 200;
    private static final long FLUSH_MILLIS = 100;
    private static final long AGAIN_MILLIS = 1_000;
    private static final int TOUCH_ROUNDS = 100;
    private static final byte[] TOUCH = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** The log service says something every 15 s. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(40);

    private final Providers providers;
    private final Duration silenceMax;
    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService thread;
    private final Runnable flushing = this::flush;
    private final RepeatingTask repeatingTask = new RepeatingTask("pages that follow the log stand still");
    private @Nullable EventClient client;
    private int round;

    /** Follows the log services of these providers. */
    public PageTails(Providers providers) {
        this(providers, SILENCE_MAX);
    }

    PageTails(Providers providers, Duration silenceMax) {
        this.providers = providers;
        this.silenceMax = silenceMax;
    }

    /** Returns why pages that follow the log may stand still; empty if all is well. */
    public List<String> healthReasons() {
        return repeatingTask.healthReasons();
    }

    boolean isFull() {
        return open.size() >= TAILS_MAX;
    }

    /** Tells a page from now on, or from behind the last record that it has. */
    void add(LiveStream stream, LogSearch search, String lastId) {
        var followed = new Open(search, stream);
        followed.pageTail = new PageTail(stream, lastId, () -> later(followed));
        open.add(followed);
        stream.onClosed(end -> {
            open.remove(followed);
            followed.pageTail.close();
        });
        start();
        follow(followed);
    }

    private synchronized void start() {
        if (thread == null) {
            var made = Executors.newSingleThreadScheduledExecutor(PageTails::thread);
            // a periodic task that throws would never run again
            var unused = made.scheduleWithFixedDelay(
                    () -> repeatingTask.run(flushing), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            client = new EventClient();
            thread = made;
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "tails");
        thread.setDaemon(true);
        return thread;
    }

    private void flush() {
        round++;
        for (var each : open) {
            try {
                if (each.pageTail.gaveUpAfter(silenceMax)) {
                    each.pageTail.state("waiting");
                    follow(each);
                }
                if (!each.pageTail.flush() && round % TOUCH_ROUNDS == 0) {
                    each.stream.offer(TOUCH);
                }
            } catch (RuntimeException | Error e) {
                each.stream.close();
                LOG.atError().setCause(e).log("a page could not be told of log lines");
            }
        }
    }

    private void follow(Open followed) {
        EventClient using;
        synchronized (this) {
            using = client;
        }
        if (using == null || followed.pageTail.isOver()) {
            return;
        }
        var provider = providers.candidates(ServiceName.LOG).stream().findFirst();
        if (provider.isEmpty()) {
            followed.pageTail.state("waiting");
            later(followed);
            return;
        }
        var last = followed.pageTail.lastId();
        var queryUrl = followed.search.at("/log").with("follow", "true").with("limit", last.isEmpty() ? "0" : "");
        var headers = last.isEmpty() ? Map.<String, String>of() : Map.of("Last-Event-ID", last);
        followed.pageTail.reads(
                using.open(provider.get().url().resolve(queryUrl.toString()), headers, followed.pageTail));
    }

    /** What it throws is otherwise kept by a future that nobody looks at. */
    private void followAgain(Open followed) {
        try {
            follow(followed);
        } catch (RuntimeException | Error e) {
            followed.stream.close();
            LOG.atError().setCause(e).log("a page's log could not be followed again");
        }
    }

    private synchronized void later(Open followed) {
        if (thread != null) {
            try {
                var unused = thread.schedule(() -> followAgain(followed), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                followed.stream.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        open.forEach(each -> each.pageTail.close());
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private static final class Open {
        private final LogSearch search;
        private final LiveStream stream;
        private PageTail pageTail;

        private Open(LogSearch search, LiveStream stream) {
            this.search = search;
            this.stream = stream;
            this.pageTail = new PageTail(stream, "", () -> {});
        }
    }
}

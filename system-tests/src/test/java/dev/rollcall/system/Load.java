package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests that are repeated until closed, each kind by a thread of its own. */
final class Load implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FAILURES_MAX = 20;

    private final Duration gap;
    private final AtomicLong requests = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended;

    private Load(int threads, Duration gap) {
        this.ended = new CountDownLatch(threads);
        this.gap = gap;
    }

    /** Adds such requests, each sent so long after the response to the one before. */
    static Load of(Duration gap, List<Request> kinds) {
        var load = new Load(kinds.size(), gap);
        for (var i = 0; i < kinds.size(); i++) {
            var kind = kinds.get(i);
            var thread = new Thread(() -> load.run(kind), "load-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    long requests() {
        return requests.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Waits for this many more responses. */
    void awaitRequests(int more) throws InterruptedException {
        var target = requests.get() + more;
        Await.atMost(LIMIT, () -> assertThat(requests.get()).isGreaterThanOrEqualTo(target));
    }

    private void run(Request kind) {
        try {
            while (!closed.await(gap.toNanos(), TimeUnit.NANOSECONDS)) {
                make(kind);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void make(Request kind) throws InterruptedException {
        try {
            kind.make();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            if (failures.size() < FAILURES_MAX) {
                failures.add(e.toString());
            }
        }
        requests.incrementAndGet();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            assertThat(ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("load has ended")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One request. */
    @FunctionalInterface
    interface Request {
        /** Throws if the response is wrong. */
        void make() throws Exception;
    }
}

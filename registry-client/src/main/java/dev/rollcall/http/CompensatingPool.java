package dev.rollcall.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of requests where the JDK has no virtual ones: so many for the handlers' own work, and up to seven times
 * as many in place of those that have been waiting for their callers for a while. The built-in server reads and writes
 * blocking: without that, a handful of callers that send half a request would hold up all others until the time limit
 * for requests is over.
 */
final class CompensatingPool implements Executor, AutoCloseable {
    private static final int STRETCH_MAX = 7;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE_SECONDS = 30;
    private static final ThreadLocal<Stay> STAY = ThreadLocal.withInitial(Stay::new);

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final Set<Stay> stays = ConcurrentHashMap.newKeySet();

    CompensatingPool(int threads, ThreadFactory factory) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * The calling thread waits for its caller from now on, for the rest of a request or for an answer to be taken, or it
     * works on its own. Means nothing outside such a pool.
     */
    static void isWaitingForCaller(boolean is) {
        if (!RequestThreads.HAS_VIRTUAL) {
            STAY.get().isWaiting(is);
        }
    }

    /** Runs a request, which at first waits for its caller. */
    @Override
    public void execute(Runnable request) {
        pool.execute(() -> {
            var stay = STAY.get();
            stay.isWaiting(true);
            stays.add(stay);
            try {
                request.run();
            } finally {
                stays.remove(stay);
            }
        });
    }

    /** Makes up for those who wait; to be called again and again. */
    void check(long now) {
        var waiting = stays.stream()
                .filter(stay -> stay.isOlder(PATIENCE_NANOS, now))
                .limit((long) STRETCH_MAX * threads)
                .count();
        var wanted = threads + (int) waiting;
        if (wanted > pool.getCorePoolSize()) {
            pool.setMaximumPoolSize(wanted);
            pool.setCorePoolSize(wanted);
        } else if (wanted < pool.getCorePoolSize()) {
            pool.setCorePoolSize(wanted);
            pool.setMaximumPoolSize(wanted);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A thread's stay at one request; one object a thread. */
    private static final class Stay {
        private volatile boolean isWaiting;
        private volatile long sinceNanos;

        void isWaiting(boolean is) {
            if (is) {
                sinceNanos = System.nanoTime();
            }
            isWaiting = is;
        }

        boolean isOlder(long nanos, long now) {
            return isWaiting && now - sinceNanos > nanos;
        }
    }
}

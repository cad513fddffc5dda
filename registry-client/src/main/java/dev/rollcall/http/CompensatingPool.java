package dev.rollcall.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The request threads where the JDK has no virtual ones. The pool has a fixed number of threads for the handlers' work.
 * It adds up to seven times as many in place of threads that have been waiting for their clients for a while. The
 * built-in server reads and writes blocking: without compensation, a few clients that send half a request would hold up
 * all others until the request time limit.
 */
final class CompensatingPool implements Executor, AutoCloseable {
    private static final int COMPENSATION_MAX = 7;
    private static final long WAIT_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE_SECONDS = 30;
    private static final ThreadLocal<ThreadState> STATE = ThreadLocal.withInitial(ThreadState::new);

    private final int threads;
    private final ThreadPoolExecutor pool;
    private final Set<ThreadState> busy = ConcurrentHashMap.newKeySet();

    CompensatingPool(int threads, ThreadFactory factory) {
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Notes whether the calling thread is now waiting for its client, to send the rest of a request or to read a
     * response. Has no effect outside such a pool.
     */
    static void setWaitingForClient(boolean is) {
        if (!RequestThreads.HAS_VIRTUAL) {
            STATE.get().isWaiting(is);
        }
    }

    /** Runs a request, which first waits for its client. */
    @Override
    public void execute(Runnable request) {
        pool.execute(() -> {
            var state = STATE.get();
            state.isWaiting(true);
            busy.add(state);
            try {
                request.run();
            } finally {
                busy.remove(state);
            }
        });
    }

    /** Adjusts the pool to the number of waiting threads. To be called repeatedly. */
    void check(long now) {
        var waiting = busy.stream()
                .filter(state -> state.isOlder(WAIT_MIN_NANOS, now))
                .limit((long) COMPENSATION_MAX * threads)
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

    /** What a thread does at one request; one object per thread. */
    private static final class ThreadState {
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

package dev.rollcall.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that requests run on: virtual ones where the JDK has them, otherwise a
 * {@linkplain CompensatingPool bounded pool}.
 *
 * <p>The number of admitted requests is bounded. Requests beyond it run on one separate thread, marked as
 * {@linkplain #isRefusing() refusing}, where the dispatcher responds with 503 at once. The built-in server has no other
 * way to refuse, because an executor that throws stops its dispatcher. That thread's queue is bounded by the server's
 * connections, each of which has at most one request here.
 */
final class RequestThreads implements Executor, AutoCloseable {
    /** Whether this JDK has virtual threads. */
    static final boolean HAS_VIRTUAL = Runtime.version().feature() >= 21;

    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);
    private static final ThreadLocal<Boolean> REFUSING = ThreadLocal.withInitial(() -> false);
    private static final long IDLE_SECONDS = 30;

    private final Executor workers;
    private final Runnable closeWorkers;
    private final LongConsumer checkWorkers;
    private final ExecutorService refusers;
    private final InFlight inFlight;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int admittedMax;

    RequestThreads(ServerLimits serverLimits, InFlight inFlight) {
        if (HAS_VIRTUAL) {
            var each = virtualOr(serverLimits.threads(), "http");
            this.workers = each;
            this.closeWorkers = each::shutdownNow;
            this.checkWorkers = now -> {};
        } else {
            var pool = new CompensatingPool(serverLimits.threads(), named("http"));
            this.workers = pool;
            this.closeWorkers = pool::close;
            this.checkWorkers = pool::check;
        }
        this.refusers = pool(1, "http-refusing");
        this.inFlight = inFlight;
        this.admittedMax = serverLimits.requestsMax();
    }

    /** Whether the calling thread handles a request beyond the limit. */
    static boolean isRefusing() {
        return REFUSING.get();
    }

    /** Runs a request. Never throws, because an exception would end the built-in server's dispatcher. */
    @Override
    public void execute(Runnable request) {
        try {
            submit(request);
        } catch (RuntimeException | Error e) {
            // the server closes the connection at the request's time limit
            LOG.atError().setCause(e).log("a request is dropped: no thread is available");
        }
    }

    /** Runs a request; throws if no thread is available. */
    void submit(Runnable request) {
        inFlight.enter();
        var isAdmitted = admitted.incrementAndGet() <= admittedMax;
        try {
            if (isAdmitted) {
                workers.execute(() -> run(request));
            } else {
                refusers.execute(() -> refuse(request));
            }
        } catch (RuntimeException | Error e) {
            admitted.decrementAndGet();
            inFlight.leave();
            throw e;
        }
    }

    /** Compensates for threads that wait for their clients. To be called repeatedly. */
    void check(long now) {
        checkWorkers.accept(now);
    }

    private void run(Runnable request) {
        try {
            request.run();
        } finally {
            admitted.decrementAndGet();
            inFlight.leave();
        }
    }

    private void refuse(Runnable request) {
        REFUSING.set(true);
        try {
            run(request);
        } finally {
            REFUSING.remove();
        }
    }

    @Override
    public void close() {
        closeWorkers.run();
        refusers.shutdownNow();
    }

    /** Returns an executor with a virtual thread per task, or a pool of {@code threads} where the JDK has none. */
    static ExecutorService virtualOr(int threads, String name) {
        if (!HAS_VIRTUAL) {
            return pool(threads, name);
        }
        try {
            // By handle because the class files are for 17; the method exists from 21 on (JEP 444).
            var factory = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) factory.invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("virtual threads can't be made", e);
        }
    }

    private static ExecutorService pool(int threads, String name) {
        var pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

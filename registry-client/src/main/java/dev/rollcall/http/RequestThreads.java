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
 * The threads that requests run on: virtual ones where the JDK has them, otherwise a {@linkplain CompensatingPool bounded
 * pool}.
 *
 * <p>No more than the limit are admitted at once. What comes beyond runs on one thread set apart, marked as
 * {@linkplain #isRefusing() refusing}, where the guard answers 503 without doing anything: the built-in server has no
 * other way to say no, since an executor that throws stops its dispatcher. That thread's queue is bounded by the
 * server's connections, each of which has at most one request here.
 */
final class RequestThreads implements Executor, AutoCloseable {
    /** Whether this JDK has virtual threads. */
    static final boolean HAS_VIRTUAL = Runtime.version().feature() >= 21;

    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);
    private static final ThreadLocal<Boolean> REFUSING = ThreadLocal.withInitial(() -> false);
    private static final long IDLE_SECONDS = 30;

    private final Executor workers;
    private final Runnable closeWorkers;
    private final LongConsumer lookAtWorkers;
    private final ExecutorService refusers;
    private final InFlight inFlight;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int admittedMax;

    RequestThreads(ServerLimits serverLimits, InFlight inFlight) {
        if (HAS_VIRTUAL) {
            var each = virtualOr(serverLimits.threads(), "http");
            this.workers = each;
            this.closeWorkers = each::shutdownNow;
            this.lookAtWorkers = now -> {};
        } else {
            var pool = new CompensatingPool(serverLimits.threads(), named("http"));
            this.workers = pool;
            this.closeWorkers = pool::close;
            this.lookAtWorkers = pool::check;
        }
        this.refusers = pool(1, "http-refusing");
        this.inFlight = inFlight;
        this.admittedMax = serverLimits.requestsMax();
    }

    /** Whether the calling thread handles a request that is beyond the limit. */
    static boolean isRefusing() {
        return REFUSING.get();
    }

    /** Runs a request for the server's dispatcher, which any exception would end, and with it the service. */
    @Override
    public void execute(Runnable request) {
        try {
            submit(request);
        } catch (RuntimeException | Error e) {
            // the server closes the connection when the time for a request is over
            LOG.atError().setCause(e).log("a request is given up: there is no thread for it");
        }
    }

    /** Runs a request, or throws if there is no thread for it. */
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

    /** Makes up for threads that wait for their callers; to be called again and again. */
    void check(long now) {
        lookAtWorkers.accept(now);
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

    /** A virtual thread for each task, or a pool of so many threads where the JDK has none. */
    static ExecutorService virtualOr(int threads, String name) {
        if (!HAS_VIRTUAL) {
            return pool(threads, name);
        }
        try {
            // By handle because the class files are for 17; the method is there from 21 on (JEP 444).
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

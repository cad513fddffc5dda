package dev.rollcall.registry.watch;

import dev.rollcall.host.EssentialThread;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that does one thing after the other, also later; a thing that fails doesn't keep it from the next. */
final class NotifierThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    NotifierThread(String name) {
        // what comes after the end is nobody's concern any more
        executor =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, name), new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
    }

    void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    /** Does it once, later; what is returned can be cancelled. */
    ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        return executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does it again and again. */
    void scheduleRepeatedly(Runnable task, Duration period) {
        var unused =
                executor.scheduleAtFixedRate(() -> run(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            EssentialThread.failed(e, "telling those who ask failed at one thing and goes on with the next");
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

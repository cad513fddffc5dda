package dev.rollcall.registry.watch;

import dev.rollcall.host.EssentialThread;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A thread that runs tasks one after another, also delayed ones. A task that fails does not stop the next. */
final class NotifierThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    NotifierThread(String name) {
        // tasks submitted after close are dropped
        executor =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, name), new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
    }

    void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    /** Runs a task once after a delay; the result can be cancelled. */
    ScheduledFuture<?> schedule(Runnable task, Duration delay) {
        return executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs a task periodically. */
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
            EssentialThread.failed(e, "a task for watchers or long polls failed; the next one follows");
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

package dev.rollcall.registry;

import java.util.ArrayDeque;
import java.util.Deque;

/** Limits how many tasks are in flight at once; further ones are queued. Not thread-safe. */
final class ConcurrencyLimit {
    private final int max;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int inFlight;

    ConcurrencyLimit(int max) {
        this.max = max;
    }

    /** Starts the task now, or once another one calls {@link #release}. */
    void submit(Runnable task) {
        if (inFlight < max) {
            inFlight++;
            task.run();
        } else {
            queue.add(task);
        }
    }

    /** Ends a started task and starts the next queued one. */
    void release() {
        var next = queue.poll();
        if (next == null) {
            inFlight--;
        } else {
            next.run();
        }
    }
}

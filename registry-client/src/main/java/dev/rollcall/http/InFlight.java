package dev.rollcall.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests in flight, and waits until there are none. Thread-safe; counting takes no lock. */
final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean isAwaited;
    private boolean isWaitSkipped;

    int enter() {
        return count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0 && isAwaited) {
            signal();
        }
    }

    int count() {
        return count.get();
    }

    /** Ends the wait, now and in future. */
    void skipWaiting() {
        lock.lock();
        try {
            isWaitSkipped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is in flight, at most for the limit; returns whether nothing is. */
    boolean awaitNone(Duration limit) {
        lock.lock();
        try {
            isAwaited = true;
            var nanos = limit.toNanos();
            while (count.get() > 0 && !isWaitSkipped && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return count.get() == 0;
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

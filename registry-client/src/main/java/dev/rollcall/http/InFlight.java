package dev.rollcall.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what is under way, and lets one wait until nothing is. Thread-safe; counting takes no lock. */
final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean awaited;
    private boolean givenUp;

    int enter() {
        return count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0 && awaited) {
            signal();
        }
    }

    int count() {
        return count.get();
    }

    /** Ends a wait now and in future. */
    void stopWaiting() {
        lock.lock();
        try {
            givenUp = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is under way, at most so long; says whether nothing is. */
    boolean awaitNone(Duration limit) {
        lock.lock();
        try {
            awaited = true;
            var nanos = limit.toNanos();
            while (count.get() > 0 && !givenUp && nanos > 0) {
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

package dev.rollcall.shipping;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where callers leave what they log, bounded by bytes. They never wait, take no lock, and make no call to the operating
 * system but to wake who sleeps since nobody logged for a while. One thread takes it away.
 */
final class CaptureQueue {
    private final SequenceCounters sequenceCounters;
    private final DropPolicy policy;
    private final long bytesMax;
    private final ConcurrentLinkedQueue<CapturedEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean isAsleep = new AtomicBoolean();
    private volatile @Nullable Thread taker;

    CaptureQueue(SequenceCounters sequenceCounters, DropPolicy policy, long bytesMax) {
        this.sequenceCounters = sequenceCounters;
        this.policy = policy;
        this.bytesMax = bytesMax;
    }

    /** Leaves a record; dropped, and counted, if there is no room. */
    void offer(CapturedEvent capturedEvent) {
        // first, so that whatever happens from now on, it is known that there was one
        sequenceCounters.produce();
        try {
            var size = capturedEvent.bytes();
            if (policy.admits(capturedEvent.level(), bytes.addAndGet(size), bytesMax)) {
                queue.add(capturedEvent);
            } else {
                bytes.addAndGet(-size);
                lost.incrementAndGet();
            }
        } catch (Error e) {
            // no memory for its place in the queue
            lost.incrementAndGet();
        }
        if (isAsleep.get()) {
            wake();
        }
    }

    /** Counts a record as dropped that could not even be taken down. */
    void countDropped() {
        sequenceCounters.produce();
        lost.incrementAndGet();
        if (isAsleep.get()) {
            wake();
        }
    }

    /** Moves what is there into a list, up to a size. */
    void drainTo(List<CapturedEvent> into, long sizeMax) {
        var taken = 0L;
        while (taken < sizeMax) {
            var next = queue.poll();
            if (next == null) {
                break;
            }
            taken += next.bytes();
            into.add(next);
        }
        bytes.addAndGet(-taken);
    }

    /** How many were dropped since the last time this was asked. */
    long drainDropped() {
        return lost.get() == 0 ? 0 : lost.getAndSet(0);
    }

    boolean isEmpty() {
        return queue.isEmpty() && lost.get() == 0;
    }

    /** How much is there now. */
    long bytes() {
        return bytes.get();
    }

    /** Waits until the next record comes or {@link #wake} is called, at most for a while. Only the taker may. */
    void sleep(long nanos) {
        taker = Thread.currentThread();
        isAsleep.set(true);
        if (isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        isAsleep.set(false);
    }

    /** Ends a sleep, or the next one. */
    void wake() {
        if (isAsleep.compareAndSet(true, false)) {
            LockSupport.unpark(taker);
        }
    }
}

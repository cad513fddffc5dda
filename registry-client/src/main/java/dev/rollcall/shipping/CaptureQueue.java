package dev.rollcall.shipping;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue between logging callers and the writer thread, bounded by bytes. Callers never block and take no lock.
 * Their only system call wakes the writer after a quiet period. One thread drains it.
 */
final class CaptureQueue {
    private final SequenceCounters sequenceCounters;
    private final DropPolicy policy;
    private final long bytesMax;
    private final ConcurrentLinkedQueue<CapturedEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean isSleeping = new AtomicBoolean();
    private volatile @Nullable Thread consumer;

    CaptureQueue(SequenceCounters sequenceCounters, DropPolicy policy, long bytesMax) {
        this.sequenceCounters = sequenceCounters;
        this.policy = policy;
        this.bytesMax = bytesMax;
    }

    /** Queues a record; without room it is dropped and counted. */
    void offer(CapturedEvent capturedEvent) {
        // counted first, so that a failure from here on still shows as a gap
        sequenceCounters.produce();
        try {
            var size = capturedEvent.bytes();
            if (policy.admits(capturedEvent.level(), bytes.addAndGet(size), bytesMax)) {
                queue.add(capturedEvent);
            } else {
                bytes.addAndGet(-size);
                dropped.incrementAndGet();
            }
        } catch (Error e) {
            // no memory for the queue node
            dropped.incrementAndGet();
        }
        if (isSleeping.get()) {
            wake();
        }
    }

    /** Counts a record that could not be captured as dropped. */
    void countDropped() {
        sequenceCounters.produce();
        dropped.incrementAndGet();
        if (isSleeping.get()) {
            wake();
        }
    }

    /** Moves queued records into a list until their size reaches {@code sizeMax} bytes. */
    void drainTo(List<CapturedEvent> target, long sizeMax) {
        var drained = 0L;
        while (drained < sizeMax) {
            var next = queue.poll();
            if (next == null) {
                break;
            }
            drained += next.bytes();
            target.add(next);
        }
        bytes.addAndGet(-drained);
    }

    /** Returns the number of records dropped since the last call. */
    long drainDropped() {
        return dropped.get() == 0 ? 0 : dropped.getAndSet(0);
    }

    boolean isEmpty() {
        return queue.isEmpty() && dropped.get() == 0;
    }

    /** Returns the size of the queued records in bytes. */
    long bytes() {
        return bytes.get();
    }

    /** Waits for the next record or {@link #wake}, at most for {@code nanos}. For the consumer thread only. */
    void sleep(long nanos) {
        consumer = Thread.currentThread();
        isSleeping.set(true);
        if (isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        isSleeping.set(false);
    }

    /** Ends the current sleep, or the next one. */
    void wake() {
        if (isSleeping.compareAndSet(true, false)) {
            LockSupport.unpark(consumer);
        }
    }
}

package dev.rollcall.shipping;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that moves records from the capture queue to the outbox, until it is ended and the queue is empty. */
final class SpillWriterLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SpillWriterLoop.class);

    private final CaptureQueue captureQueue;
    private final RecordSequencer recordSequencer;
    private final Outbox outbox;
    private final long batchBytesMax;
    private final ReentrantLock lock;
    private final Condition changed;
    private volatile boolean isEnding;
    private volatile long writtenThrough;

    /**
     * Creates a loop that is not running.
     *
     * @param lock guards the outbox
     * @param changed signalled when there is something to send
     */
    SpillWriterLoop(
            CaptureQueue captureQueue,
            RecordSequencer recordSequencer,
            Outbox outbox,
            long batchBytesMax,
            ReentrantLock lock,
            Condition changed) {
        this.captureQueue = captureQueue;
        this.recordSequencer = recordSequencer;
        this.outbox = outbox;
        this.batchBytesMax = batchBytesMax;
        this.lock = lock;
        this.changed = changed;
    }

    @Override
    public void run() {
        prepare();
        while (true) {
            // read before the queue, so that everything captured before the end is written
            var isEnd = isEnding;
            var isUnsettled = writeOnce();
            if (isEnd && captureQueue.isEmpty()) {
                return;
            }
            if (captureQueue.isEmpty()) {
                recordSequencer.pause(isUnsettled);
            }
        }
    }

    /** Ends the loop after the queue is written. */
    void end() {
        isEnding = true;
        captureQueue.wake();
    }

    /** Returns the last sequence that was written or dropped. */
    long writtenThrough() {
        return writtenThrough;
    }

    private void prepare() {
        try {
            recordSequencer.prepare();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("log records may be written late; writing continues");
        }
    }

    /** Writes one batch. Survives errors too, such as a lack of memory: the next batch must still be written. */
    private boolean writeOnce() {
        try {
            return enter(recordSequencer.nextBatch());
        } catch (RuntimeException | Error e) {
            // their numbers are announced as dropped
            LOG.atError().setCause(e).log("log records could not be written and are dropped; writing continues");
            return true;
        } finally {
            writtenThrough = recordSequencer.sequence();
        }
    }

    private boolean enter(RecordSequencer.Batch batch) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var own = outbox.own();
            var wasDue = own.isDue(batchBytesMax);
            var wasEmpty = own.isEmpty();
            for (var i = 0; i < batch.records().size(); i++) {
                outbox.offer(batch.records().get(i), batch.levels().get(i), now);
            }
            if (batch.dropped() > 0) {
                outbox.drop(batch.firstDropped(), batch.dropped(), "the buffer was full", now);
            }
            outbox.persist(now);
            // the sender waits for the first record and for a full batch; those between need not wake it
            if (wasEmpty != own.isEmpty() || wasDue != own.isDue(batchBytesMax)) {
                changed.signal();
            }
            return outbox.isUnsettled();
        } finally {
            lock.unlock();
        }
    }
}

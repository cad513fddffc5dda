package dev.rollcall.shipping;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that takes records from the door to the depot, until it is ended and the door is empty. */
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
     * Not running yet.
     *
     * @param lock guards the depot
     * @param changed is signalled when there is something to send
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
            // asked before the door is: what came before the end is written
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

    /** Asks it to write what is there, and end. */
    void end() {
        isEnding = true;
        captureQueue.wake();
    }

    /** The last sequence that was written down, or given up. */
    long writtenThrough() {
        return writtenThrough;
    }

    private void prepare() {
        try {
            recordSequencer.prepare();
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("log records may be written down late; it goes on");
        }
    }

    /** Survives errors too, such as too little memory for one record: what comes next is still to be written. */
    private boolean writeOnce() {
        try {
            return enter(recordSequencer.write());
        } catch (RuntimeException | Error e) {
            // their numbers are announced as dropped
            LOG.atError().setCause(e).log("log records could not be written down; it goes on");
            return true;
        } finally {
            writtenThrough = recordSequencer.sequence();
        }
    }

    private boolean enter(RecordSequencer.Written written) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var own = outbox.own();
            var wasDue = own.isDue(batchBytesMax);
            var wasEmpty = own.isEmpty();
            for (var i = 0; i < written.lines().size(); i++) {
                outbox.offer(written.lines().get(i), written.levels().get(i), now);
            }
            if (written.lost() > 0) {
                outbox.drop(written.firstLost(), written.lost(), "the buffer was full", now);
            }
            outbox.settle(now);
            // the sender waits for the first record and for a full batch, and needn't wake for those between
            if (wasEmpty != own.isEmpty() || wasDue != own.isDue(batchBytesMax)) {
                changed.signal();
            }
            return outbox.isUnsettled();
        } finally {
            lock.unlock();
        }
    }
}

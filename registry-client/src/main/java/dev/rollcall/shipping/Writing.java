package dev.rollcall.shipping;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that takes records from the door to the depot, until it is ended and the door is empty. */
final class Writing implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    private final Door door;
    private final Scribe scribe;
    private final Depot depot;
    private final long batchBytesMax;
    private final ReentrantLock lock;
    private final Condition changed;
    private volatile boolean isEnding;
    private volatile boolean isBroken;

    /**
     * Not running yet.
     *
     * @param lock guards the depot
     * @param changed is signalled when there is something to send
     */
    Writing(Door door, Scribe scribe, Depot depot, long batchBytesMax, ReentrantLock lock, Condition changed) {
        this.door = door;
        this.scribe = scribe;
        this.depot = depot;
        this.batchBytesMax = batchBytesMax;
        this.lock = lock;
        this.changed = changed;
    }

    @Override
    public void run() {
        try {
            scribe.prepare();
            while (true) {
                // asked before the door is: what came before the end is written
                var isEnd = isEnding;
                var isUnsettled = writeOnce();
                if (isEnd && door.isEmpty()) {
                    return;
                }
                if (door.isEmpty()) {
                    scribe.pause(isUnsettled);
                }
            }
        } catch (Error e) {
            isBroken = true;
            System.err.println("log records go to the console only from now on: " + e);
            throw e;
        }
    }

    /** Asks it to write what is there, and end. */
    void end() {
        isEnding = true;
        door.wake();
    }

    /** Whether it has ended by itself, so that nothing is written down any more. */
    boolean isBroken() {
        return isBroken;
    }

    private boolean writeOnce() {
        try {
            return enter(scribe.write());
        } catch (RuntimeException e) {
            // their numbers are announced as dropped
            LOG.atError().setCause(e).log("log records could not be written down; it goes on");
            return true;
        }
    }

    private boolean enter(Scribe.Written written) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var own = depot.own();
            var wasDue = own.isDue(batchBytesMax);
            var wasEmpty = own.isEmpty();
            for (var i = 0; i < written.lines().size(); i++) {
                depot.offer(written.lines().get(i), written.levels().get(i), now);
            }
            if (written.lost() > 0) {
                depot.drop(written.firstLost(), written.lost(), "the buffer was full", now);
            }
            depot.settle(now);
            // the sender waits for the first record and for a full batch, and needn't wake for those between
            if (wasEmpty != own.isEmpty() || wasDue != own.isDue(batchBytesMax)) {
                changed.signal();
            }
            return depot.isUnsettled();
        } finally {
            lock.unlock();
        }
    }
}

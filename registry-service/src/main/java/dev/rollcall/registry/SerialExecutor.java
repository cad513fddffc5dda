package dev.rollcall.registry;

import dev.rollcall.host.EssentialThread;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs rounds of work one at a time. The thread that submits an input also processes it, without a context switch,
 * unless another thread is already processing; that one then processes the input too. A thread of its own runs the
 * rounds that fall due. Thread-safe; submitting does not wait for a round in progress.
 */
final class SerialExecutor implements AutoCloseable {
    private static final long CLOSE_MILLIS = 2_000;
    private static final int INPUTS_PER_ROUND = 1_000;
    private static final int ROUNDS_PER_CALL_MAX = 16;
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Work work;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread timer = EssentialThread.of("registry", this::run);
    private volatile long dueNanos = System.nanoTime();
    private volatile long plannedNanos = dueNanos;
    private volatile boolean started;
    private volatile boolean closed;

    SerialExecutor(Work work) {
        this.work = work;
    }

    /** Starts; inputs submitted before are processed now. */
    void start() {
        started = true;
        timer.start();
    }

    /** Processes an input on this thread, or leaves it to the thread that is already processing. */
    void submit(Runnable input) {
        inbox.add(input);
        for (var rounds = 0; !inbox.isEmpty() && !isHeldByCurrentThread() && !closed; rounds++) {
            if (rounds == ROUNDS_PER_CALL_MAX) {
                // the inputs of other threads don't end, and this caller has other work to do
                LockSupport.unpark(timer);
                return;
            }
            if (!lock.tryLock()) {
                return;
            }
            runRound();
        }
    }

    /** Queues an input for the executor's own thread. */
    void submitLater(Runnable input) {
        inbox.add(input);
        LockSupport.unpark(timer);
    }

    /** Returns whether the calling thread runs a round. */
    boolean isHeldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    /** Returns whether no thread runs a round. */
    boolean isIdle() {
        return !lock.isLocked();
    }

    /** Returns whether no further round starts. */
    boolean isClosed() {
        return closed;
    }

    /** Runs a query between two rounds; for use after {@link #close}. */
    <T> T callExclusively(Supplier<T> query) {
        lock.lock();
        try {
            return query.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, at most 2 s each, for the thread and for the round in progress. No further round starts. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(timer);
        try {
            timer.join(CLOSE_MILLIS);
            if (lock.tryLock(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            lock.lock();
            runRound();
            do {
                plannedNanos = dueNanos;
            } while (plannedNanos != dueNanos);
            if (inbox.isEmpty()) {
                LockSupport.parkNanos(this, plannedNanos - System.nanoTime());
            }
        }
    }

    /** Runs a round with the lock held, and releases the lock. */
    private void runRound() {
        try {
            if (started && !closed) {
                dueNanos = work.round(this::processInputs);
            }
        } catch (Throwable e) {
            dueNanos = System.nanoTime() + AFTER_FAILURE_NANOS;
            EssentialThread.failed(e, "a round of the registry failed; the next one follows");
        } finally {
            lock.unlock();
        }
        if (dueNanos - plannedNanos < 0) {
            LockSupport.unpark(timer);
        }
    }

    private void processInputs() {
        for (var count = 0; count < INPUTS_PER_ROUND; count++) {
            var input = inbox.poll();
            if (input == null) {
                return;
            }
            input.run();
        }
    }

    /** The work of each round. */
    interface Work {
        /**
         * Processes the inputs and does what is due.
         *
         * @param inputs processes the queued inputs when run; to be run once
         * @return when the next round must start at the latest, as of {@link System#nanoTime}
         */
        long round(Runnable inputs);
    }
}

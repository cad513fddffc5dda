package dev.rollcall.registry;

import dev.rollcall.host.EssentialThread;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Has work done one turn at a time, by whoever brings an input while nobody is at it: so what happens is dealt with
 * without a change of threads, and who comes meanwhile leaves the input to the one at work. A thread of its own does
 * what falls due. Thread-safe; never blocks who brings an input.
 */
final class SerialExecutor implements AutoCloseable {
    private static final long CLOSE_MILLIS = 2_000;
    private static final int INPUTS_A_TURN = 1_000;
    private static final int TURNS_MAX = 16;
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Work work;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final ReentrantLock atWork = new ReentrantLock();
    private final Thread clock = EssentialThread.of("registry", this::run);
    private volatile long dueNanos = System.nanoTime();
    private volatile long plannedNanos = dueNanos;
    private volatile boolean started;
    private volatile boolean closed;

    SerialExecutor(Work work) {
        this.work = work;
    }

    /** Begins; what was brought before has waited. */
    void start() {
        started = true;
        clock.start();
    }

    /** Has an input dealt with: now, on this thread, unless somebody is at work, who then does it. */
    void submit(Runnable input) {
        inbox.add(input);
        for (var turns = 0; !inbox.isEmpty() && !isHeldByCurrentThread() && !closed; turns++) {
            if (turns == TURNS_MAX) {
                // the others' inputs don't end, and this caller has something else to do
                LockSupport.unpark(clock);
                return;
            }
            if (!atWork.tryLock()) {
                return;
            }
            turn();
        }
    }

    /** Has an input dealt with soon, and not on this thread. */
    void submitLater(Runnable input) {
        inbox.add(input);
        LockSupport.unpark(clock);
    }

    /** Whether the calling thread is the one at work. */
    boolean isHeldByCurrentThread() {
        return atWork.isHeldByCurrentThread();
    }

    /** Whether nobody is at work. */
    boolean isIdle() {
        return !atWork.isLocked();
    }

    /** Whether no turn begins any more. */
    boolean isClosed() {
        return closed;
    }

    /** What something says while nobody is at work; for when no turn begins any more. */
    <T> T callExclusively(Supplier<T> question) {
        atWork.lock();
        try {
            return question.get();
        } finally {
            atWork.unlock();
        }
    }

    /** Ends the turn under way, and begins no other. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(clock);
        try {
            clock.join(CLOSE_MILLIS);
            if (atWork.tryLock(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                atWork.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            atWork.lock();
            turn();
            do {
                plannedNanos = dueNanos;
            } while (plannedNanos != dueNanos);
            if (inbox.isEmpty()) {
                LockSupport.parkNanos(this, plannedNanos - System.nanoTime());
            }
        }
    }

    /** Takes a turn with the lock held, and gives it back. */
    private void turn() {
        try {
            if (started && !closed) {
                dueNanos = work.round(this::dealWithInputs);
            }
        } catch (Throwable e) {
            dueNanos = System.nanoTime() + AFTER_FAILURE_NANOS;
            EssentialThread.failed(e, "the registry failed at one thing and goes on with the next");
        } finally {
            atWork.unlock();
        }
        if (dueNanos - plannedNanos < 0) {
            LockSupport.unpark(clock);
        }
    }

    private void dealWithInputs() {
        for (var done = 0; done < INPUTS_A_TURN; done++) {
            var input = inbox.poll();
            if (input == null) {
                return;
            }
            input.run();
        }
    }

    /** What is to be done each turn. */
    interface Work {
        /**
         * Deals with the inputs, and does what is due.
         *
         * @param inputs run once, it deals with those that wait
         * @return when the next turn is to be, at the latest, as of {@link System#nanoTime}
         */
        long round(Runnable inputs);
    }
}

package dev.rollcall.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who wait until the roll is no longer as they know it. One thread answers them all; the registry's own only wakes
 * it. Its methods may be called by any thread.
 */
final class LongPolls implements AutoCloseable {
    private final AskingSettings settings;
    private final History history;
    private final AskingThread thread = new AskingThread("long-polls");
    private final Map<CompletableFuture<Boolean>, Future<?>> parked = new HashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean released;

    LongPolls(AskingSettings settings, History history) {
        this.settings = settings;
        this.history = history;
    }

    /** The history has something new. */
    void wake() {
        if (count.get() > 0 && woken.compareAndSet(false, true)) {
            thread.execute(this::answer);
        }
    }

    boolean isFull() {
        return count.get() >= settings.watchersMax();
    }

    /** How many there are. */
    int count() {
        return count.get();
    }

    /**
     * Waits until the roll's revision is another than the one known: usually above it, below it if that was of another
     * registry's state. Says whether it is; what depends on the answer is done by this object's thread.
     */
    CompletableFuture<Boolean> await(long known, Duration wait) {
        if (released || history.newest() != known) {
            return CompletableFuture.completedFuture(history.newest() != known);
        }
        var poll = new CompletableFuture<Boolean>();
        // counted before the history is looked at again, so that a change in between wakes
        count.incrementAndGet();
        thread.execute(() -> park(poll, known, wait.compareTo(settings.waitMax()) < 0 ? wait : settings.waitMax()));
        return poll;
    }

    /** Answers all who wait, and lets nobody wait any more. */
    void release() {
        released = true;
        thread.execute(() -> answerAll(false));
    }

    @Override
    public void close() {
        thread.close();
    }

    private void park(CompletableFuture<Boolean> poll, long known, Duration wait) {
        if (released || history.newest() != known) {
            count.decrementAndGet();
            poll.complete(history.newest() != known);
        } else {
            parked.put(poll, thread.later(() -> expire(poll), wait));
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // it is this very poll that is meant
    private void expire(CompletableFuture<Boolean> poll) {
        if (parked.remove(poll) != null) {
            count.decrementAndGet();
            poll.complete(false);
        }
    }

    private void answer() {
        woken.set(false);
        answerAll(true);
    }

    private void answerAll(boolean changed) {
        var all = List.copyOf(parked.keySet());
        parked.values().forEach(timer -> timer.cancel(false));
        parked.clear();
        count.addAndGet(-all.size());
        all.forEach(poll -> poll.complete(changed));
    }
}

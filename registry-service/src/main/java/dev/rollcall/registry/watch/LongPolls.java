package dev.rollcall.registry.watch;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until the roll is no longer as they know it. One thread answers them all; the registry's own only wakes
 * it. Its methods may be called by any thread.
 */
public final class LongPolls implements AutoCloseable {
    private final WatchSettings settings;
    private final ChangeHistory changeHistory;
    private final LongSupplier revision;
    private final NotifierThread thread = new NotifierThread("long-polls");
    private final Set<Poll> parked = new LinkedHashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean released;

    /** The revision is the roll's now, which the history may reach only a little later. */
    LongPolls(WatchSettings settings, ChangeHistory changeHistory, LongSupplier revision) {
        this.settings = settings;
        this.changeHistory = changeHistory;
        this.revision = revision;
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
    public int count() {
        return count.get();
    }

    /**
     * Waits until the roll's revision is above the one known, or that can only be of another registry's state. Says
     * whether it is; what depends on the answer is done by this object's thread.
     */
    CompletableFuture<Boolean> await(long known, Duration wait) {
        if (released || isOutdated(known)) {
            return CompletableFuture.completedFuture(isOutdated(known));
        }
        var poll = new Poll(known);
        // counted before the history is looked at again, so that a change in between wakes
        count.incrementAndGet();
        thread.execute(() -> park(poll, wait.compareTo(settings.waitMax()) < 0 ? wait : settings.waitMax()));
        return poll.answer;
    }

    /** Answers all who wait, and lets nobody wait any more. */
    void release() {
        released = true;
        thread.execute(this::answer);
    }

    @Override
    public void close() {
        thread.close();
    }

    private boolean isOutdated(long known) {
        return changeHistory.newest() > known || revision.getAsLong() < known;
    }

    private void park(Poll poll, Duration wait) {
        parked.add(poll);
        poll.timer = thread.schedule(() -> answer(poll), wait);
        if (released || isOutdated(poll.known)) {
            answer(poll);
        }
    }

    private void answer() {
        woken.set(false);
        for (var poll : List.copyOf(parked)) {
            if (released || isOutdated(poll.known)) {
                answer(poll);
            }
        }
    }

    private void answer(Poll poll) {
        if (parked.remove(poll)) {
            if (poll.timer != null) {
                poll.timer.cancel(false);
            }
            count.decrementAndGet();
            poll.answer.complete(isOutdated(poll.known));
        }
    }

    private static final class Poll {
        private final long known;
        private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
        private @Nullable ScheduledFuture<?> timer;

        Poll(long known) {
            this.known = known;
        }
    }
}

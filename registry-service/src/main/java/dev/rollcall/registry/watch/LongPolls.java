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
 * The pending long polls. One thread of its own responds to them all; the registry's thread only wakes it. Thread-safe.
 */
final class LongPolls implements AutoCloseable {
    private final WatchSettings settings;
    private final ChangeHistory changeHistory;
    private final LongSupplier revision;
    private final NotifierThread thread = new NotifierThread("long-polls");
    private final Set<Poll> parked = new LinkedHashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private volatile boolean released;

    /**
     * Creates it without a poll.
     *
     * @param revision the roll's current revision, which the history may reach a little later
     */
    LongPolls(WatchSettings settings, ChangeHistory changeHistory, LongSupplier revision) {
        this.settings = settings;
        this.changeHistory = changeHistory;
        this.revision = revision;
    }

    /** Notes that the history has a new change. */
    void wake() {
        if (count.get() > 0 && isWoken.compareAndSet(false, true)) {
            thread.execute(this::respond);
        }
    }

    boolean isFull() {
        return count.get() >= settings.watchersMax();
    }

    /** Returns the number of pending polls. */
    int count() {
        return count.get();
    }

    /**
     * Waits until the roll's revision differs from the known one, at most for the given time. A known revision above
     * the roll's belongs to another registry's state and counts as different at once. Returns whether it differs;
     * dependent actions run on this object's thread.
     */
    CompletableFuture<Boolean> await(long known, Duration wait) {
        if (released || isOutdated(known)) {
            return CompletableFuture.completedFuture(isOutdated(known));
        }
        var poll = new Poll(known);
        // counted before the history is checked again, so that a change in between wakes the thread
        count.incrementAndGet();
        thread.execute(() -> park(poll, wait.compareTo(settings.waitMax()) < 0 ? wait : settings.waitMax()));
        return poll.outcome;
    }

    /** Responds to all pending polls; later ones don't wait. */
    void release() {
        released = true;
        thread.execute(this::respond);
    }

    @Override
    public void close() {
        thread.close();
    }

    private boolean isOutdated(long known) {
        return changeHistory.lastRevision() > known || revision.getAsLong() < known;
    }

    private void park(Poll poll, Duration wait) {
        parked.add(poll);
        poll.timer = thread.schedule(() -> respond(poll), wait);
        if (released || isOutdated(poll.known)) {
            respond(poll);
        }
    }

    private void respond() {
        isWoken.set(false);
        for (var poll : List.copyOf(parked)) {
            if (released || isOutdated(poll.known)) {
                respond(poll);
            }
        }
    }

    private void respond(Poll poll) {
        if (parked.remove(poll)) {
            if (poll.timer != null) {
                poll.timer.cancel(false);
            }
            count.decrementAndGet();
            poll.outcome.complete(isOutdated(poll.known));
        }
    }

    private static final class Poll {
        private final long known;
        private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        private @Nullable ScheduledFuture<?> timer;

        Poll(long known) {
            this.known = known;
        }
    }
}

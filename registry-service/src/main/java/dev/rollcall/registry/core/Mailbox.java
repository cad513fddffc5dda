package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides which patch one dependant gets next. Nothing is queued: the patch is the difference between what the
 * dependant certainly has, what it possibly has, and what is true now. One patch is in flight at a time. Pure: time
 * comes in as nanoseconds. Not thread-safe.
 *
 * <p>An attempt that ended without a response leaves its entries uncertain. An extended dependant applies patches by
 * set: it is sent the difference again, including the removal of what may have arrived and is no longer true. A plain
 * one appends whatever it gets: it is first sent the uncertain entries as Removed and, after its response, as part of
 * the next difference, as Added.
 */
final class Mailbox {
    private static final long MERGE_NANOS = Duration.ofMillis(20).toNanos();
    private static final long BACKOFF_FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long BACKOFF_LAST_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long COMING_UP_RETRY_NANOS = Duration.ofMillis(20).toNanos();

    private final boolean extended;
    private final RandomGenerator random;
    private final Map<Key, Provider> known = new LinkedHashMap<>();
    private final Map<Key, Provider> uncertain = new LinkedHashMap<>();
    private Optional<PendingPatch> inFlight = Optional.empty();
    private long acknowledgedRevision;
    private long notBeforeNanos;
    private long mergeUntilNanos;
    private long backoffNanos = BACKOFF_FIRST_NANOS;
    private boolean marked = true;
    /** The next patch is sent even if it is empty; an extended dependant gets a snapshot. */
    private boolean wantsSnapshot = true;

    /** Creates the mailbox of a dependant that has nothing yet. Its first patch is due now, even if it is empty. */
    Mailbox(boolean extended, RandomGenerator random, long now) {
        this.extended = extended;
        this.random = random;
        this.notBeforeNanos = now;
        this.mergeUntilNanos = now;
    }

    /**
     * Restores the mailbox of a plain dependant that was on the roll before the restart.
     *
     * @param certain the providers it certainly knows
     * @param possible the providers it may know
     */
    static Mailbox restored(List<Provider> certain, List<Provider> possible, RandomGenerator random, long now) {
        var mailbox = new Mailbox(false, random, now);
        mailbox.wantsSnapshot = false;
        certain.forEach(p -> mailbox.known.put(Key.of(p), p.plain()));
        possible.forEach(p -> mailbox.doubt(p.plain()));
        return mailbox;
    }

    /** Marks that a provider of a required service changed. */
    void mark() {
        marked = true;
    }

    /** Schedules a snapshot, since the dependant's view is not what it acknowledged. */
    void requestSnapshot(long now) {
        marked = true;
        wantsSnapshot = true;
        notBeforeNanos = now;
    }

    /** Returns whether no patch is pending or in flight. */
    boolean isSettled() {
        return !marked && inFlight.isEmpty();
    }

    /** Returns whether a patch is in flight. */
    boolean isInFlight() {
        return inFlight.isPresent();
    }

    /** Returns the revision of the last patch that it acknowledged; 0 before the first. */
    long acknowledgedRevision() {
        return acknowledgedRevision;
    }

    /**
     * Creates the mailbox of a dependant that registered again. It may be a new process that knows nothing, or the same
     * that knows everything. For a plain one, everything that the address may have been sent is uncertain.
     */
    static Mailbox after(Mailbox before, boolean extended, RandomGenerator random, long now) {
        var mailbox = new Mailbox(extended, random, now);
        if (!extended) {
            before.inFlight.ifPresent(before::doubt);
            before.known.values().forEach(p -> mailbox.doubt(p.plain()));
            before.uncertain.values().forEach(p -> mailbox.doubt(p.plain()));
        }
        return mailbox;
    }

    /** Returns when to call {@link #next} again; {@link Long#MAX_VALUE} if nothing is pending. */
    long dueNanos() {
        return marked && inFlight.isEmpty() ? notBeforeNanos : Long.MAX_VALUE;
    }

    /**
     * Returns the patch to send now, if any; it is in flight until {@link #delivered}.
     *
     * @param providers the announced providers of the required services
     */
    Optional<PendingPatch> next(Supplier<List<Provider>> providers, long revision, long now) {
        if (!marked || inFlight.isPresent() || now - notBeforeNanos < 0) {
            return Optional.empty();
        }
        var pendingPatch = wantsSnapshot && extended ? snapshot(providers, revision) : difference(providers, revision);
        if (pendingPatch.patch().changesNothing() && !wantsSnapshot) {
            marked = false;
            return Optional.empty();
        }
        if (pendingPatch.patch().removed().isEmpty() && now - mergeUntilNanos < 0) {
            // additions right after a patch are merged; a removal is urgent and isn't
            notBeforeNanos = mergeUntilNanos;
            return Optional.empty();
        }
        marked = false;
        inFlight = Optional.of(pendingPatch);
        mergeUntilNanos = now + MERGE_NANOS;
        return inFlight;
    }

    /**
     * Applies the outcome of the patch in flight.
     *
     * @param comingUp whether its listener may still be starting, so that a failed attempt is repeated soon
     */
    void delivered(PatchOutcome outcome, boolean comingUp, long now) {
        var pendingPatch = inFlight.orElseThrow();
        inFlight = Optional.empty();
        switch (outcome) {
            case APPLIED -> applied(pendingPatch);
            case CONFLICT -> {
                retry(now, false);
                if (!wantsSnapshot) {
                    wantsSnapshot = true;
                    notBeforeNanos = now;
                }
            }
            case NOT_DELIVERED -> retry(now, comingUp);
            case UNKNOWN -> {
                doubt(pendingPatch);
                retry(now, false);
            }
        }
    }

    private void applied(PendingPatch pendingPatch) {
        if (pendingPatch.snapshot()) {
            known.clear();
            uncertain.clear();
        }
        for (var removed : pendingPatch.patch().removed()) {
            known.remove(Key.of(removed));
            uncertain.remove(Key.of(removed));
        }
        for (var added : pendingPatch.patch().added()) {
            known.put(Key.of(added), added);
            uncertain.remove(Key.of(added));
        }
        acknowledgedRevision = pendingPatch.revision();
        backoffNanos = BACKOFF_FIRST_NANOS;
        wantsSnapshot = false;
        // changes made while it was in flight, or held back for a plain dependant, are found by the next difference
        marked = true;
    }

    private void doubt(PendingPatch pendingPatch) {
        pendingPatch.patch().added().forEach(this::doubt);
        pendingPatch.patch().removed().forEach(this::doubt);
    }

    private void doubt(Provider entry) {
        known.remove(Key.of(entry));
        uncertain.put(Key.of(entry), entry);
    }

    private void retry(long now, boolean comingUp) {
        marked = true;
        if (comingUp) {
            notBeforeNanos = now + COMING_UP_RETRY_NANOS;
            return;
        }
        notBeforeNanos = now + 1 + random.nextLong(backoffNanos);
        backoffNanos = Math.min(2 * backoffNanos, BACKOFF_LAST_NANOS);
    }

    private PendingPatch snapshot(Supplier<List<Provider>> providers, long revision) {
        return new PendingPatch(new Patch(providers.get(), List.of()), acknowledgedRevision, revision, true);
    }

    private PendingPatch difference(Supplier<List<Provider>> providers, long revision) {
        var added = new ArrayList<Provider>();
        var removed = new ArrayList<Provider>();
        var now = new LinkedHashMap<Key, Provider>();
        for (var provider : providers.get()) {
            var seen = extended ? provider : provider.plain();
            var key = Key.of(seen);
            now.put(key, seen);
            var awaitsRemoval = !extended && uncertain.containsKey(key);
            if (!awaitsRemoval && !seen.equals(known.get(key))) {
                added.add(seen);
            }
        }
        for (var entry : known.entrySet()) {
            if (!now.containsKey(entry.getKey())) {
                removed.add(entry.getValue());
            }
        }
        for (var entry : uncertain.entrySet()) {
            if (!extended || !now.containsKey(entry.getKey())) {
                removed.add(entry.getValue());
            }
        }
        return new PendingPatch(new Patch(added, removed), acknowledgedRevision, revision, false);
    }

    private record Key(ServiceName name, HttpUrl url) {
        static Key of(Provider provider) {
            return new Key(provider.name(), provider.url());
        }
    }
}

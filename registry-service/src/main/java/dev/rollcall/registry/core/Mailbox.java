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
import java.util.random.RandomGenerator;

/**
 * What one dependant is to be told. Nothing is queued: from what it surely has, what it perhaps has, and what is true
 * now, the one patch follows that is to be sent next. One is in flight at a time. Pure: time comes in as nanoseconds.
 * Not thread-safe.
 *
 * <p>An attempt that ended without an answer leaves its entries uncertain. A dependant that applies by set is sent the
 * difference again, including the removal of what perhaps arrived and is no longer true. A plain one appends whatever
 * it gets, so it is first sent the uncertain entries as Removed, and after its answer, as part of the next difference,
 * as Added.
 */
public final class Mailbox {
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
    private boolean wantsSnapshot = true;

    /** Of a dependant that has nothing yet; its first patch is due now, even if there is nothing to say. */
    Mailbox(boolean extended, RandomGenerator random, long now) {
        this.extended = extended;
        this.random = random;
        this.notBeforeNanos = now;
        this.mergeUntilNanos = now;
    }

    /**
     * Of a plain dependant that was on the roll before the registry's restart.
     *
     * @param surelyKnown what it has been told for sure
     * @param perhapsKnown what it may have been told
     */
    static Mailbox restored(List<Provider> surelyKnown, List<Provider> perhapsKnown, RandomGenerator random, long now) {
        var mailbox = new Mailbox(false, random, now);
        mailbox.wantsSnapshot = false;
        surelyKnown.forEach(p -> mailbox.known.put(Key.of(p), p.plain()));
        perhapsKnown.forEach(p -> mailbox.doubt(p.plain()));
        return mailbox;
    }

    /** Something changed that this dependant requires. */
    void mark() {
        marked = true;
    }

    /** What it has turned out to be something else than what it acknowledged: it is to be sent all. */
    void requestSnapshot(long now) {
        marked = true;
        wantsSnapshot = true;
        notBeforeNanos = now;
    }

    /** Whether it has been told everything. */
    boolean isSettled() {
        return !marked && inFlight.isEmpty();
    }

    /** Whether a patch is in flight. */
    boolean isInFlight() {
        return inFlight.isPresent();
    }

    /** The revision of the last patch that it acknowledged; 0 before the first. */
    long acknowledgedRevision() {
        return acknowledgedRevision;
    }

    /**
     * Of a dependant that registered again, perhaps as a new process that knows nothing, perhaps as the same that knows
     * all: to a plain one, all that the address may have been told is doubtful.
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

    /** When to ask {@link #next} again; {@link Long#MAX_VALUE} if nothing is to be sent. */
    long dueNanos() {
        return marked && inFlight.isEmpty() ? notBeforeNanos : Long.MAX_VALUE;
    }

    /** The patch to send now, if one is; it counts as in flight until {@link #delivered}. */
    Optional<PendingPatch> next(Truth truth, long revision, long now) {
        if (!marked || inFlight.isPresent() || now - notBeforeNanos < 0) {
            return Optional.empty();
        }
        var pendingPatch = wantsSnapshot && extended ? snapshot(truth, revision) : difference(truth, revision);
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

    /** Takes in what became of the patch in flight. */
    void delivered(Delivery delivery, boolean comingUp, long now) {
        var pendingPatch = inFlight.orElseThrow();
        inFlight = Optional.empty();
        switch (delivery) {
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
        // what became true while it was in flight, or was held back for a plain receiver, is found by the next
        // difference
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

    private PendingPatch snapshot(Truth truth, long revision) {
        return new PendingPatch(new Patch(truth.all(), List.of()), acknowledgedRevision, revision, true);
    }

    private PendingPatch difference(Truth truth, long revision) {
        var added = new ArrayList<Provider>();
        var removed = new ArrayList<Provider>();
        var now = new LinkedHashMap<Key, Provider>();
        for (var provider : truth.all()) {
            var seen = extended ? provider : provider.plain();
            var key = Key.of(seen);
            now.put(key, seen);
            var waitsForRemoval = !extended && uncertain.containsKey(key);
            if (!waitsForRemoval && !seen.equals(known.get(key))) {
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

    /** Who provides what a dependant requires, now. */
    @FunctionalInterface
    interface Truth {
        List<Provider> all();
    }

    /**
     * A patch on its way.
     *
     * @param patch what it says
     * @param previousRevision what it starts from
     * @param revision what it leads to
     * @param snapshot whether Added is the whole view
     */
    public record PendingPatch(Patch patch, long previousRevision, long revision, boolean snapshot) {}

    /** What became of a patch. */
    public enum Delivery {
        /** It was acknowledged. */
        APPLIED,
        /** The receiver has something else than the patch starts from. */
        CONFLICT,
        /** It surely didn't arrive. */
        NOT_DELIVERED,
        /** It may have arrived or not. */
        UNKNOWN
    }

    private record Key(ServiceName name, HttpUrl url) {
        static Key of(Provider provider) {
            return new Key(provider.name(), provider.url());
        }
    }
}

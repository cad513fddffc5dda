package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Decides which instances are on the roll, which are announced, and which patch each dependant gets when.
 *
 * <p>It has no side effects: no thread, no socket. Calls bring what happened, and the time as nanoseconds of a
 * monotonic clock. {@link #effects} returns what is to be done, {@link #nextDueNanos} when to call {@link #tick} again.
 * Not thread-safe.
 *
 * <p>Each input changes one instance and ends with {@link #advance}. That does whatever is due for the instance:
 * complete its registration, probe it, send it the next patch, and schedule it in the {@link DueTimes}. A change of an
 * announcement does the same for all its dependants.
 *
 * <pre>
 * register, deregister ──▶ Roll, Departures ────────────┐
 * probed, hint ──────────▶ HealthJudge ─────────────────┼──▶ ProviderAnnouncements ──▶ advance ──▶ Effects
 * sent ──────────────────▶ Mailbox ─────────────────────┘                                │
 *                                     tick ◀──────── DueTimes ◀─────────────────────────────┘
 * </pre>
 */
public final class RegistryCore {
    private static final Duration COMPLETE_LIMIT = Duration.ofSeconds(1);
    private static final long COMPLETE_NANOS = COMPLETE_LIMIT.toNanos();
    private static final long DRAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long COMING_UP_NANOS = Duration.ofMillis(300).toNanos();

    private final int instancesMax;
    private final long rollBytesMax;
    private final Effects effects = new Effects();
    private final DueTimes dueTimes = new DueTimes();
    private final UnsettledDependants unsettled = new UnsettledDependants();
    private final InstanceFactory instanceFactory;
    private final Relations relations = new Relations();
    private final Roll roll;
    private final ProviderAnnouncements announcements;
    private final HealthJudge healthJudge;
    private final Departures departures;

    public RegistryCore(CoreSettings settings, String epoch, RandomGenerator random, InstantSource wallClock) {
        this.instancesMax = settings.instancesMax();
        this.rollBytesMax = settings.rollBytesMax();
        this.instanceFactory = new InstanceFactory(settings, random);
        this.roll = new Roll(epoch, wallClock, effects);
        this.announcements = new ProviderAnnouncements(roll, relations, effects, this::advance);
        this.healthJudge = new HealthJudge(roll, relations::countProvidersOf);
        this.departures = new Departures(roll);
    }

    /**
     * Restores the state known before a restart; to be called before any other method. Announced instances stay
     * announced and are probed at once. Extended dependants are sent a snapshot. A plain one appends whatever it gets:
     * it is sent only what it can't have been sent, and what it may have been sent is removed before.
     */
    public void restore(RollState state, long now) {
        roll.continueFrom(state.revision());
        unsettled.continueFrom(state.settled());
        var mailboxes = new RestoredMailboxes(state);
        for (var entry : state.entries()) {
            var instance = instanceFactory.restore(entry, mailboxes, roll.wallTime(), now);
            roll.add(instance);
            announcements.restore(instance, entry.announced());
        }
        roll.all().forEach(instance -> advance(instance, now));
    }

    /**
     * Puts an instance on the roll, or replaces the one of the same URL. {@link Effect.Complete} says when to respond.
     *
     * @return {@code false} if the roll is full and nothing was done
     */
    public boolean register(Registration registration, long ticket, long now) {
        if (isFullFor(registration)) {
            return false;
        }
        var known = roll.find(registration.url());
        var instance = known == null ? added(registration, now) : replaced(known, registration, now);
        relations.addDependant(instance);
        roll.changed(RollChange.Kind.REGISTERED, instance, "");
        announcements.update(instance, now);
        effects.complete(instance);
        instance.await(ticket, now + COMING_UP_NANOS, now + COMPLETE_NANOS);
        if (instance.mailbox().isEmpty()) {
            effects.complete(instance);
        }
        advance(instance, now);
        return true;
    }

    /** Returns whether the roll has no room for this registration: too many instances, or too many bytes of text. */
    public boolean isFullFor(Registration registration) {
        return (roll.size() >= instancesMax && !roll.has(registration.url()))
                || roll.bytesWith(registration) > rollBytesMax;
    }

    /** Returns whether an instance of this URL is on the roll and is not leaving. */
    public boolean isStaying(HttpUrl url) {
        return roll.has(url) && !departures.isLeaving(url);
    }

    /**
     * Starts an instance's departure: its dependants are notified, and it is removed once all have acknowledged that,
     * or after 2 s. {@link Effect.Complete} says when to respond; until then the instance must keep serving.
     *
     * @return {@code false} if it is not on the roll
     */
    public boolean deregister(HttpUrl url, long ticket, long now) {
        var instance = roll.find(url);
        if (instance == null) {
            return false;
        }
        var departure = departures.of(url).orElseGet(() -> depart(instance, now));
        departure.tickets().add(ticket);
        removeIfDue(departure, now);
        return true;
    }

    /** Probes an instance at once, since something hints that it may be gone. */
    public void hint(HttpUrl url, long now) {
        var instance = roll.find(url);
        if (instance != null) {
            instance.liveness().hint(now);
            advance(instance, now);
        }
    }

    /** Applies the verdict of an {@link Effect.Probe}. */
    public void probed(HttpUrl url, long attempt, ProbeVerdict probeVerdict, long now) {
        var instance = roll.find(url);
        if (instance == null || !instance.endProbe(attempt) || instance.health() == Health.DRAINING) {
            return;
        }
        if (healthJudge.judge(instance, probeVerdict, now)) {
            roll.changedHealth(instance, probeVerdict.evidence() == Evidence.ALIVE ? "" : probeVerdict.reason());
            if (instance.health() == Health.SUSPECT && instance.isAnnounced()) {
                probeWitnesses(instance, now);
            }
        }
        announcements.update(instance, now);
        probeVerdict.view().ifPresent(view -> healthJudge.checkView(instance, view, now));
        advance(instance, now);
        if (instance.health() == Health.EVICTED) {
            healthJudge.endSilence(instance);
            applyAcknowledgement(instance, now);
        }
    }

    private void probeWitnesses(Instance silent, long now) {
        for (var witness : healthJudge.witnesses(silent)) {
            witness.liveness().hint(now);
            advance(witness, now);
        }
    }

    /** Applies the outcome of an {@link Effect.Send}. */
    public void sent(HttpUrl url, long attempt, PatchOutcome outcome, long now) {
        var instance = roll.find(url);
        if (instance == null || !instance.endSend(attempt)) {
            return;
        }
        if (instance.mailbox().filter(Mailbox::isInFlight).isEmpty()) {
            // it was in flight when the address registered again, so its content is uncertain anyway
            advance(instance, now);
            return;
        }
        var mailbox = instance.mailbox().orElseThrow();
        var isComingUp = instance.isComingUp(now);
        mailbox.delivered(outcome, isComingUp, now);
        if (outcome != PatchOutcome.APPLIED) {
            instance.liveness().hint(now);
        }
        advance(instance, now);
        applyAcknowledgement(instance, now);
        var isRetried = outcome == PatchOutcome.NOT_DELIVERED && isComingUp;
        var hasMore = outcome == PatchOutcome.APPLIED && !mailbox.isSettled();
        if (!isRetried && !hasMore) {
            effects.complete(instance);
        }
    }

    /** Returns whether an {@link Effect.Send} that was held back is still the one in flight to its dependant. */
    public boolean isCurrent(Effect.Send send) {
        var instance = roll.find(send.dependant());
        return instance != null && instance.isSending(send.attempt());
    }

    /**
     * Discards what was in flight after a pause of the registry, and probes every instance anew. The lost time does not
     * count towards forgetting an instance.
     */
    public void paused(long lostNanos, long now) {
        healthJudge.paused(lostNanos, now);
        roll.all().forEach(this::scheduleNext);
    }

    /** Processes all instances that are due. */
    public void tick(long now) {
        for (var instance = dueTimes.pollDue(now); instance != null; instance = dueTimes.pollDue(now)) {
            if (roll.has(instance)) {
                advance(instance, now);
            }
        }
    }

    /** Returns when to call {@link #tick} again; {@link Long#MAX_VALUE} if nothing is scheduled. */
    public long nextDueNanos() {
        return dueTimes.nextNanos();
    }

    /** Returns and removes the effects decided since the last call, in order. */
    public List<Effect> effects() {
        return effects.drain();
    }

    public String epoch() {
        return roll.epoch();
    }

    public long revision() {
        return roll.revision();
    }

    /**
     * Returns the revision up to which every reachable plain dependant has acknowledged everything. Extended ones
     * report their view themselves.
     */
    public long settledRevision() {
        return unsettled.settledRevision(roll.revision());
    }

    /** Returns why the registry suspects itself, as text; empty if it does not. */
    public List<String> healthReasons(long now) {
        return healthJudge.healthReasons(now);
    }

    /** Returns how often a settled dependant reported another view than it had acknowledged. */
    long mismatches() {
        return healthJudge.mismatches();
    }

    /** Returns the announced providers of a service. */
    public List<Provider> providersOf(ServiceName service) {
        return relations.providersOf(service);
    }

    /** Returns the whole roll as it is now. */
    public RollView view() {
        return roll.view(relations.provided());
    }

    private Instance added(Registration registration, long now) {
        var instance = instanceFactory.create(registration, roll.wallTime(), now);
        roll.add(instance);
        return instance;
    }

    private Instance replaced(Instance instance, Registration next, long now) {
        healthJudge.endSilence(instance);
        departures.end(instance.url()).forEach(effects::complete);
        relations.removeDependant(instance);
        roll.countOut(instance);
        instanceFactory.reregister(instance, next, COMPLETE_LIMIT, roll.wallTime(), now);
        roll.countIn(instance);
        return instance;
    }

    private Departures.Departure depart(Instance instance, long now) {
        var dependants = announcements.dependantsOn(instance);
        effects.complete(instance);
        healthJudge.endSilence(instance);
        instance.liveness().drain();
        roll.changed(RollChange.Kind.DRAINING, instance, "");
        var departure = departures.begin(instance, now + DRAIN_NANOS, dependants);
        announcements.update(instance, now);
        departures.dropInformed(departure);
        dueTimes.schedule(instance, departure.untilNanos());
        return departure;
    }

    private void applyAcknowledgement(Instance dependant, long now) {
        departures.acknowledgedBy(dependant).forEach(departure -> removeIfDue(departure, now));
    }

    private void removeIfDue(Departures.Departure departure, long now) {
        if (departure.isDue(now)) {
            remove(departure.instance(), RollChange.Kind.DEREGISTERED, now);
        }
    }

    private void remove(Instance instance, RollChange.Kind kind, long now) {
        healthJudge.endSilence(instance);
        roll.remove(instance);
        relations.removeDependant(instance);
        roll.changed(kind, instance, "");
        if (kind == RollChange.Kind.FORGOTTEN) {
            effects.persist(new JournalRecord.Removed(roll.revision(), instance.url()));
        }
        announcements.withdraw(instance, now);
        effects.complete(instance);
        departures.end(instance.url()).forEach(effects::complete);
        unsettled.remove(instance);
        applyAcknowledgement(instance, now);
    }

    /** Does what is due for one instance, and schedules it. */
    private void advance(Instance instance, long now) {
        if (instance.liveness().isForgetDue(now)) {
            remove(instance, RollChange.Kind.FORGOTTEN, now);
            return;
        }
        var overdue = departures.of(instance.url()).filter(departure -> departure.isOverdue(now));
        if (overdue.isPresent()) {
            removeIfDue(overdue.get(), now);
            return;
        }
        if (instance.isCompletionDue(now)) {
            effects.complete(instance);
        }
        if (instance.isProbeDue(now)) {
            effects.probe(instance);
        }
        if (instance.canBeSent()) {
            instance.mailbox()
                    .flatMap(mailbox -> mailbox.next(() -> relations.providersFor(instance), roll.revision(), now))
                    .ifPresent(pendingPatch -> effects.send(instance, pendingPatch));
        }
        scheduleNext(instance);
    }

    private void scheduleNext(Instance instance) {
        unsettled.update(instance);
        dueTimes.schedule(instance, instance.dueNanos());
        departures.of(instance.url()).ifPresent(departure -> dueTimes.schedule(instance, departure.untilNanos()));
    }
}

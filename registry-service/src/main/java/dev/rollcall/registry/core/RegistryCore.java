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
 * All that the registry decides: who is on the roll, who is announced, what each dependant must be told and when.
 *
 * <p>Does nothing itself: no thread, no socket. Calls bring what happened and the time, as nanoseconds of a clock that
 * only moves forward; {@link #effects} gives what is to be done, {@link #nextDueNanos} when to call {@link #tick}
 * again. Not thread-safe.
 *
 * <p>Each input changes something about one instance, and ends with {@link #advance}, which does for that instance whatever
 * is due: answer it, ask for its heartbeat, send it its next patch, and note in the {@link DueTimes} when to look again.
 * An announcement that changes does the same for all dependants it concerns.
 *
 * <pre>
 * register, deregister ──▶ Roll, Departures ──┐
 * checked, hint ─────────▶ Judging ───────────┼──▶ Announcing ──▶ act ──▶ Effects
 * sent ──────────────────▶ Mailbox ───────────┘                    │
 *                              tick ◀──────── Schedule ◀───────────┘
 * </pre>
 */
public final class RegistryCore {
    private static final Duration ADMIT = Duration.ofSeconds(1);
    private static final long ADMIT_NANOS = ADMIT.toNanos();
    private static final long DRAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long COMING_UP_NANOS = Duration.ofMillis(300).toNanos();

    private final int instancesMax;
    private final long rollBytesMax;
    private final Effects effects = new Effects();
    private final DueTimes dueTimes = new DueTimes();
    private final UnsettledDependants unsettledDependants = new UnsettledDependants();
    private final InstanceFactory instanceFactory;
    private final Roll roll;
    private final ProviderAnnouncements providerAnnouncements;
    private final HealthJudge healthJudge;
    private final Departures departures;

    public RegistryCore(CoreSettings settings, String epoch, RandomGenerator random, InstantSource wallClock) {
        this.instancesMax = settings.instancesMax();
        this.rollBytesMax = settings.rollBytesMax();
        this.instanceFactory = new InstanceFactory(settings, random);
        this.roll = new Roll(epoch, wallClock, effects);
        this.providerAnnouncements = new ProviderAnnouncements(roll, effects, this::advance);
        this.healthJudge = new HealthJudge(roll, providerAnnouncements::countProvidersOf);
        this.departures = new Departures(roll);
    }

    /**
     * Takes up what was known before a restart, first of all. Those who were announced still are, and are asked at once.
     * Extended dependants are sent all. A plain one appends whatever it gets, so it is told only what it can't have been
     * told, and what it may have been told is removed before.
     */
    public void restore(RollState state, long now) {
        roll.continueFrom(state.revision());
        unsettledDependants.continueFrom(state.settled());
        var mailboxes = new RestoredMailboxes(state);
        for (var entry : state.entries()) {
            var instance = instanceFactory.restored(entry, mailboxes, roll.wallTime(), now);
            roll.add(instance);
            providerAnnouncements.restored(instance, entry.announced());
        }
        roll.all().forEach(instance -> advance(instance, now));
    }

    /**
     * Puts an instance on the roll, or replaces the one of the same URL. {@link Effect.Complete} tells when to answer.
     *
     * @return {@code false} if the roll is full and nothing was done
     */
    public boolean register(Registration registration, long ticket, long now) {
        if (isFullFor(registration)) {
            return false;
        }
        var known = roll.find(registration.url());
        var instance = known == null ? added(registration, now) : replaced(known, registration, now);
        providerAnnouncements.addDependant(instance);
        roll.changed(RollChange.Kind.REGISTERED, instance, "");
        providerAnnouncements.update(instance, now);
        effects.complete(instance);
        instance.await(ticket, now + COMING_UP_NANOS, now + ADMIT_NANOS);
        if (instance.mailbox().isEmpty()) {
            effects.complete(instance);
        }
        advance(instance, now);
        return true;
    }

    /** Whether there is no room on the roll for this registration: too many instances, or too many bytes of them. */
    public boolean isFullFor(Registration registration) {
        return (roll.size() >= instancesMax && !roll.has(registration.url()))
                || roll.bytesWith(registration) > rollBytesMax;
    }

    /** Whether an instance of this URL is on the roll, and isn't leaving it already. */
    public boolean isStaying(HttpUrl url) {
        return roll.has(url) && !departures.isLeaving(url);
    }

    /**
     * Takes an instance off the roll, gently: first its dependants are told, and when all of them know, or after 2 s,
     * {@link Effect.Complete} tells to answer; until then it is to go on serving.
     *
     * @return {@code false} if it isn't on the roll
     */
    public boolean deregister(HttpUrl url, long ticket, long now) {
        var instance = roll.find(url);
        if (instance == null) {
            return false;
        }
        var departure = departures.of(url).orElseGet(() -> depart(instance, now));
        departure.tickets().add(ticket);
        departIfAllKnow(departure, now);
        return true;
    }

    /** Something hints that an instance may be gone. */
    public void hint(HttpUrl url, long now) {
        var instance = roll.find(url);
        if (instance != null) {
            instance.liveness().hint(now);
            advance(instance, now);
        }
    }

    /** What a {@link Effect.Probe} proved. */
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
        providerAnnouncements.update(instance, now);
        probeVerdict.view().ifPresent(view -> healthJudge.checkView(instance, view, now));
        advance(instance, now);
        if (instance.health() == Health.EVICTED) {
            healthJudge.endSilence(instance);
            noteWhatItKnows(instance, now);
        }
    }

    private void probeWitnesses(Instance silent, long now) {
        for (var witness : healthJudge.witnesses(silent)) {
            witness.liveness().hint(now);
            advance(witness, now);
        }
    }

    /** What became of a {@link Effect.Send}. */
    public void sent(HttpUrl url, long attempt, Mailbox.Delivery delivery, long now) {
        var instance = roll.find(url);
        if (instance == null || !instance.endSend(attempt)) {
            return;
        }
        if (instance.mailbox().filter(Mailbox::isInFlight).isEmpty()) {
            // it was on its way when the address registered again, and is doubtful anyway
            advance(instance, now);
            return;
        }
        var mailbox = instance.mailbox().orElseThrow();
        var isComingUp = instance.isComingUp(now);
        mailbox.delivered(delivery, isComingUp, now);
        if (delivery != Mailbox.Delivery.APPLIED) {
            instance.liveness().hint(now);
        }
        advance(instance, now);
        noteWhatItKnows(instance, now);
        var triesOn = delivery == Mailbox.Delivery.NOT_DELIVERED && isComingUp;
        var hasMore = delivery == Mailbox.Delivery.APPLIED && !mailbox.isSettled();
        if (!triesOn && !hasMore) {
            effects.complete(instance);
        }
    }

    /** Whether a {@link Effect.Send} that was held back still is what its dependant is to be sent. */
    public boolean isCurrent(Effect.Send send) {
        var instance = roll.find(send.dependant());
        return instance != null && instance.isSending(send.attempt());
    }

    /**
     * The registry was not running for a while: what it has been waiting for meanwhile proves nothing, and everybody is
     * asked anew. The time that was lost counts for nobody's being away.
     */
    public void paused(long lostNanos, long now) {
        healthJudge.paused(lostNanos, now);
        roll.all().forEach(this::scheduleNext);
    }

    /** Does what is due. */
    public void tick(long now) {
        for (var instance = dueTimes.pollDue(now); instance != null; instance = dueTimes.pollDue(now)) {
            if (roll.has(instance)) {
                advance(instance, now);
            }
        }
    }

    /** When to call {@link #tick} again; {@link Long#MAX_VALUE} if nothing is due. */
    public long nextDueNanos() {
        return dueTimes.nextNanos();
    }

    /** What is to be done, in this order; each is given once. */
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
     * The revision up to which every plain dependant that can be reached has acknowledged everything; extended ones say
     * themselves what they have.
     */
    public long settledRevision() {
        return unsettledDependants.settledRevision(roll.revision());
    }

    /** Why the registry suspects itself, for people; none if it doesn't. */
    public List<String> healthReasons(long now) {
        return healthJudge.healthReasons(now);
    }

    /** How often a dependant at rest had something else than it had acknowledged. */
    long mismatches() {
        return healthJudge.mismatches();
    }

    /** Those who are announced as providers of a service. */
    public List<Provider> providersOf(ServiceName service) {
        return providerAnnouncements.providersOf(service);
    }

    /** The whole roll as it is now. */
    public RollView view() {
        return roll.view(providerAnnouncements.provided());
    }

    private Instance added(Registration registration, long now) {
        var instance = instanceFactory.created(registration, roll.wallTime(), now);
        roll.add(instance);
        return instance;
    }

    private Instance replaced(Instance instance, Registration next, long now) {
        healthJudge.endSilence(instance);
        departures.end(instance.url()).forEach(effects::complete);
        providerAnnouncements.removeDependant(instance);
        roll.countOut(instance);
        instanceFactory.reregister(instance, next, ADMIT, roll.wallTime(), now);
        roll.countIn(instance);
        return instance;
    }

    private Departures.Departure depart(Instance instance, long now) {
        var dependants = providerAnnouncements.dependantsOn(instance);
        effects.complete(instance);
        healthJudge.endSilence(instance);
        instance.liveness().drain();
        roll.changed(RollChange.Kind.DRAINING, instance, "");
        var departure = departures.begin(instance, now + DRAIN_NANOS, dependants);
        providerAnnouncements.update(instance, now);
        departures.dropInformed(departure);
        dueTimes.schedule(instance, departure.untilNanos());
        return departure;
    }

    private void noteWhatItKnows(Instance dependant, long now) {
        departures.acknowledgedBy(dependant).forEach(departure -> departIfAllKnow(departure, now));
    }

    private void departIfAllKnow(Departures.Departure departure, long now) {
        if (departure.isDue(now)) {
            remove(departure.instance(), RollChange.Kind.DEREGISTERED, now);
        }
    }

    private void remove(Instance instance, RollChange.Kind kind, long now) {
        healthJudge.endSilence(instance);
        roll.remove(instance);
        providerAnnouncements.removeDependant(instance);
        roll.changed(kind, instance, "");
        if (kind == RollChange.Kind.FORGOTTEN) {
            effects.persist(new JournalRecord.Removed(roll.revision(), instance.url()));
        }
        providerAnnouncements.withdraw(instance, now);
        effects.complete(instance);
        departures.end(instance.url()).forEach(effects::complete);
        unsettledDependants.remove(instance);
        noteWhatItKnows(instance, now);
    }

    /** Does what is due for one instance, and notes when something is due for it next. */
    private void advance(Instance instance, long now) {
        if (instance.liveness().isForgetDue(now)) {
            remove(instance, RollChange.Kind.FORGOTTEN, now);
            return;
        }
        var overdue = departures.of(instance.url()).filter(departure -> departure.isOverdue(now));
        if (overdue.isPresent()) {
            departIfAllKnow(overdue.get(), now);
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
                    .flatMap(mailbox ->
                            mailbox.next(() -> providerAnnouncements.providersFor(instance), roll.revision(), now))
                    .ifPresent(pendingPatch -> effects.send(instance, pendingPatch));
        }
        scheduleNext(instance);
    }

    private void scheduleNext(Instance instance) {
        unsettledDependants.update(instance);
        dueTimes.schedule(instance, instance.dueNanos());
        departures.of(instance.url()).ifPresent(departure -> dueTimes.schedule(instance, departure.untilNanos()));
    }
}

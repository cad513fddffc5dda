package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All that the registry decides: who is on the roll, who is announced, what each dependant must be told and when.
 *
 * <p>Does nothing itself: no thread, no socket. Calls bring what happened and the time, as nanoseconds of a clock that
 * only moves forward; {@link #effects} gives what is to be done, {@link #nextDueNanos} when to call {@link #tick}
 * again. Not thread-safe.
 */
final class RegistryCore {
    private static final long ADMIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long DRAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration RECHECK_SPREAD = Duration.ofSeconds(1);
    private static final long COMING_UP_NANOS = Duration.ofMillis(300).toNanos();

    private final CoreSettings settings;
    private final String epoch;
    private final RandomGenerator random;
    private final InstantSource wallClock;
    private final Map<HttpUrl, Instance> instances = new LinkedHashMap<>();
    private final Relations relations = new Relations();
    private final PriorityQueue<Due> schedule = new PriorityQueue<>();
    private final Departures departures = new Departures();
    private final Set<Instance> restless = new HashSet<>();
    private final SelfDoubt doubt = new SelfDoubt();
    private List<Effect> effects = new ArrayList<>();
    private long revision;
    private long settledRevision;
    private long attempts;
    private long mismatches;

    RegistryCore(CoreSettings settings, String epoch, RandomGenerator random, InstantSource wallClock) {
        this.settings = settings;
        this.epoch = epoch;
        this.random = random;
        this.wallClock = wallClock;
    }

    /**
     * Puts an instance on the roll, or replaces the one of the same URL. {@link Effect.Admit} tells when to answer.
     *
     * @return {@code false} if the roll is full and nothing was done
     */
    boolean register(Registration registration, long ticket, long now) {
        if (isFullFor(registration.url())) {
            return false;
        }
        var known = instances.get(registration.url());
        var instance = known == null ? added(registration, now) : replaced(known, registration, now);
        relations.addDependant(instance);
        changed(Change.Kind.REGISTERED, instance, "");
        announceAsIs(instance, now);
        admit(instance);
        instance.await(ticket, now + COMING_UP_NANOS, now + ADMIT_NANOS);
        if (instance.mailbox().isEmpty()) {
            admit(instance);
        }
        act(instance, now);
        return true;
    }

    /** Whether there is no room on the roll for an instance of this URL. */
    boolean isFullFor(HttpUrl url) {
        return instances.size() >= settings.instancesMax() && !instances.containsKey(url);
    }

    /** Whether an instance of this URL is on the roll, and isn't leaving it already. */
    boolean isStaying(HttpUrl url) {
        return instances.containsKey(url) && !departures.isLeaving(url);
    }

    /**
     * Takes up what was known before a restart, first of all. Those who were announced still are, and are asked at once.
     * Extended dependants are sent all. A plain one appends whatever it gets, so it is told only what it can't have been
     * told, and what it may have been told is removed before.
     */
    void restore(RollState state, long now) {
        revision = state.revision();
        settledRevision = state.settled();
        var mailboxes = new RestoredMailboxes(state);
        for (var entry : state.entries()) {
            var registration = entry.registration();
            var liveness = entry.announced() && registration.heartbeatUrl() != null
                    ? Liveness.restored(settings.heartbeat(), settings.forget(), random, now)
                    : newLiveness(registration, now);
            var mailbox = registration.isExtended() || registration.updateUrl() == null
                    ? newMailbox(registration, now)
                    : Optional.of(mailboxes.of(entry, random, now));
            var instance = new Instance(registration, liveness, mailbox, wallClock.instant());
            instances.put(registration.url(), instance);
            relations.addDependant(instance);
            if (instance.health().isAnnounced()) {
                relations.announce(instance, Optional.of(registration.asProvider()));
                if (!entry.announced()) {
                    // of one that isn't checked, registered right before the end: dependants are told of it from now on
                    persist(instance, registration.name());
                }
            }
        }
        List.copyOf(instances.values()).forEach(instance -> act(instance, now));
    }

    /**
     * The revision up to which every plain dependant that can be reached has acknowledged everything; extended ones say
     * themselves what they have.
     */
    long settledRevision() {
        if (restless.isEmpty()) {
            settledRevision = revision;
        }
        return settledRevision;
    }

    /**
     * Takes an instance off the roll, gently: first its dependants are told, and when all of them know, or after 2 s,
     * {@link Effect.Admit} tells to answer; until then it is to go on serving.
     *
     * @return {@code false} if it isn't on the roll
     */
    boolean deregister(HttpUrl url, long ticket, long now) {
        var instance = instances.get(url);
        if (instance == null) {
            return false;
        }
        var departure = departures.of(url).orElseGet(() -> depart(instance, now));
        departure.tickets().add(ticket);
        departIfAllKnow(departure, now);
        return true;
    }

    private Departures.Departure depart(Instance instance, long now) {
        var dependantsToTell = new LinkedHashSet<Instance>();
        if (instance.announced() != null) {
            dependantsToTell.addAll(
                    relations.dependantsOf(instance.registration().name()));
            dependantsToTell.remove(instance);
        }
        admit(instance);
        settled(instance);
        instance.liveness().drain();
        changed(Change.Kind.DRAINING, instance, "");
        var departure = departures.begin(instance, revision, now + DRAIN_NANOS, dependantsToTell);
        announceAsIs(instance, now);
        dependantsToTell.removeIf(dependant -> knows(dependant, revision));
        scheduleAt(instance, departure.untilNanos());
        return departure;
    }

    /** Whether a dependant has been told of a revision, or can't be told anything. */
    private boolean knows(Instance dependant, long leavingRevision) {
        return !isOnTheRoll(dependant)
                || !dependant.isReachable()
                || dependant
                        .mailbox()
                        .map(m -> m.isAtRest() || m.acknowledgedRevision() >= leavingRevision)
                        .orElse(true);
    }

    private void noteWhatItKnows(Instance dependant, long now) {
        departures.learned(dependant, this::knows).forEach(departure -> departIfAllKnow(departure, now));
    }

    private void departIfAllKnow(Departures.Departure departure, long now) {
        if (departure.isDue(now)) {
            remove(departure.instance(), Change.Kind.DEREGISTERED, now);
        }
    }

    private void endDeparture(Instance instance) {
        departures.end(instance.url()).forEach(ticket -> effects.add(new Effect.Admit(ticket)));
    }

    /** Something hints that an instance may be gone. */
    void hint(HttpUrl url, long now) {
        var instance = instances.get(url);
        if (instance != null) {
            instance.liveness().hint(now);
            act(instance, now);
        }
    }

    /** What a {@link Effect.Check} proved. */
    void checked(HttpUrl url, long attempt, Verdict verdict, long now) {
        var instance = instances.get(url);
        if (instance == null || !instance.endCheck(attempt) || instance.health() == Health.DRAINING) {
            return;
        }
        var evidence = verdict.evidence();
        if (evidence == Evidence.ALIVE) {
            instance.lastAnswer().set(wallClock.instant());
        }
        var service = instance.registration().name();
        if (evidence == Evidence.SILENT && instance.health().isAnnounced()) {
            doubt.silent(service, url, announcedOf(service), now);
        } else {
            settled(instance);
        }
        var before = instance.health();
        instance.liveness().answered(evidence, doubt.isAbout(service, now), now);
        if (instance.health() != before) {
            changed(kindOf(instance.health()), instance, evidence == Evidence.ALIVE ? "" : verdict.reason());
        }
        announceAsIs(instance, now);
        verdict.view().ifPresent(view -> compareViews(instance, view, now));
        act(instance, now);
        if (instance.health() == Health.EVICTED) {
            settled(instance);
            noteWhatItKnows(instance, now);
        }
    }

    /** At rest, an instance must have what it acknowledged; if it says something else, it is sent all. */
    private void compareViews(Instance instance, String view, long now) {
        var mailbox = instance.mailbox()
                .filter(m -> m.isAtRest() && instance.registration().isExtended());
        if (mailbox.isPresent()
                && instance.acknowledgedWhenAsked() == mailbox.get().acknowledgedRevision()
                && !view.equals(epoch + ":" + mailbox.get().acknowledgedRevision())) {
            mismatches++;
            mailbox.get().resend(now);
        }
    }

    private void settled(Instance instance) {
        var service = instance.registration().name();
        doubt.settled(service, instance.url(), announcedOf(service));
    }

    private int announcedOf(ServiceName service) {
        return relations.countProvidersOf(service);
    }

    /**
     * The registry was not running for a while: what it has been waiting for meanwhile proves nothing, and everybody is
     * asked anew. The time that was lost counts for nobody's being away.
     */
    void paused(long lostNanos, long now) {
        doubt.paused(now);
        for (var instance : instances.values()) {
            instance.forgetCheck();
            instance.liveness().paused(lostNanos, now, RECHECK_SPREAD);
            scheduleNext(instance);
        }
    }

    /** What became of a {@link Effect.Send}. */
    void sent(HttpUrl url, long attempt, Mailbox.Delivery delivery, long now) {
        var instance = instances.get(url);
        if (instance == null || !instance.endSend(attempt)) {
            return;
        }
        if (instance.mailbox().filter(Mailbox::isAwaitingAnswer).isEmpty()) {
            // it was on its way when the address registered again, and is doubtful anyway
            act(instance, now);
            return;
        }
        var mailbox = instance.mailbox().orElseThrow();
        var isComingUp = instance.isComingUp(now);
        mailbox.answered(delivery, isComingUp, now);
        if (delivery != Mailbox.Delivery.APPLIED) {
            instance.liveness().hint(now);
        }
        act(instance, now);
        noteWhatItKnows(instance, now);
        var triesOn = delivery == Mailbox.Delivery.NOT_DELIVERED && isComingUp;
        var hasMore = delivery == Mailbox.Delivery.APPLIED && !mailbox.isAtRest();
        if (!triesOn && !hasMore) {
            admit(instance);
        }
    }

    /** Whether a {@link Effect.Send} that was held back still is what its dependant is to be sent. */
    boolean isWanted(Effect.Send send) {
        var instance = instances.get(send.dependant());
        return instance != null && instance.isSending(send.attempt());
    }

    /** Does what is due. */
    void tick(long now) {
        for (var due = schedule.peek(); due != null && due.nanos() <= now; due = schedule.peek()) {
            schedule.poll();
            if (due.instance().scheduledNanos() == due.nanos() && isOnTheRoll(due.instance())) {
                due.instance().schedule(Long.MAX_VALUE);
                act(due.instance(), now);
            }
        }
    }

    /** When to call {@link #tick} again; {@link Long#MAX_VALUE} if nothing is due. */
    long nextDueNanos() {
        var next = schedule.peek();
        return next == null ? Long.MAX_VALUE : next.nanos();
    }

    /** What is to be done, in this order; each is given once. */
    List<Effect> effects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        var done = effects;
        effects = new ArrayList<>();
        return done;
    }

    String epoch() {
        return epoch;
    }

    /** Why the registry suspects itself, for people; none if it doesn't. */
    List<String> doubts(long now) {
        return doubt.reasons(now);
    }

    /** How often a dependant at rest had something else than it had acknowledged. */
    long mismatches() {
        return mismatches;
    }

    long revision() {
        return revision;
    }

    /** Those who are announced as providers of a service. */
    List<Provider> providersOf(ServiceName service) {
        return relations.providersOf(service);
    }

    /** The whole roll as it is now. */
    RollView view() {
        var entries = instances.values().stream().map(RegistryCore::entryOf).toList();
        return new RollView(epoch, revision, entries, relations.provided());
    }

    private Instance added(Registration registration, long now) {
        var instance = new Instance(
                registration, newLiveness(registration, now), newMailbox(registration, now), wallClock.instant());
        instances.put(registration.url(), instance);
        return instance;
    }

    private Instance replaced(Instance instance, Registration next, long now) {
        var before = instance.registration();
        settled(instance);
        endDeparture(instance);
        relations.removeDependant(instance);
        var liveness = instance.liveness();
        if (next.heartbeatUrl() != null && before.heartbeatUrl() != null) {
            liveness.registeredAgain(now, Duration.ofNanos(ADMIT_NANOS));
        } else {
            liveness = newLiveness(next, now);
        }
        var mailbox = instance.mailbox()
                .filter(m -> next.updateUrl() != null)
                .map(m -> Mailbox.after(m, next.isExtended(), random, now))
                .or(() -> newMailbox(next, now));
        instance.replace(next, liveness, mailbox, wallClock.instant());
        return instance;
    }

    private Liveness newLiveness(Registration registration, long now) {
        return registration.heartbeatUrl() == null
                ? Liveness.unchecked()
                : Liveness.starting(settings.heartbeat(), settings.forget(), random, now);
    }

    private Optional<Mailbox> newMailbox(Registration registration, long now) {
        return registration.findUpdateUrl().map(u -> new Mailbox(registration.isExtended(), random, now));
    }

    private void remove(Instance instance, Change.Kind kind, long now) {
        settled(instance);
        instances.remove(instance.url());
        relations.removeDependant(instance);
        changed(kind, instance, "");
        if (kind == Change.Kind.FORGOTTEN) {
            effects.add(new Effect.Persist(new JournalRecord.Removed(revision, instance.url())));
        }
        announce(instance, Optional.empty(), now);
        admit(instance);
        endDeparture(instance);
        restless.remove(instance);
        noteWhatItKnows(instance, now);
    }

    private boolean isOnTheRoll(Instance instance) {
        return instances.get(instance.url()) == instance;
    }

    /** Announces an instance, or takes the announcement back, as its health is now. */
    private void announceAsIs(Instance instance, long now) {
        announce(
                instance,
                instance.health().isAnnounced()
                        ? Optional.of(instance.registration().asProvider())
                        : Optional.empty(),
                now);
    }

    private void announce(Instance instance, Optional<Provider> provider, long now) {
        var before = instance.announced();
        var concerned = relations.announce(instance, provider);
        if (isOnTheRoll(instance) && (before == null) == provider.isPresent()) {
            persist(instance, before == null ? provider.orElseThrow().name() : before.name());
        }
        concerned.forEach(service -> markDependants(service, now));
    }

    /** Whether it is announced now, and as whose provider it is, or was until now. */
    private void persist(Instance instance, ServiceName service) {
        effects.add(new Effect.Persist(
                new JournalRecord.Announced(revision, instance.url(), instance.announced() != null, service)));
    }

    private void markDependants(ServiceName service, long now) {
        for (var dependant : relations.dependantsOf(service)) {
            dependant.mailbox().ifPresent(mailbox -> {
                mailbox.mark();
                act(dependant, now);
            });
        }
    }

    /** Does what is due for one instance, and notes when something is due for it next. */
    private void act(Instance instance, long now) {
        if (instance.liveness().isToBeForgotten(now)) {
            remove(instance, Change.Kind.FORGOTTEN, now);
            return;
        }
        var overdue = departures.of(instance.url()).filter(departure -> departure.isOverdue(now));
        if (overdue.isPresent()) {
            departIfAllKnow(overdue.get(), now);
            return;
        }
        if (instance.isAdmissionDue(now)) {
            admit(instance);
        }
        if (instance.isCheckDue(now)) {
            check(instance);
        }
        if (instance.canBeSent()) {
            instance.mailbox()
                    .flatMap(mailbox -> mailbox.next(() -> relations.providersFor(instance), revision, now))
                    .ifPresent(letter -> send(instance, letter));
        }
        scheduleNext(instance);
    }

    private void scheduleNext(Instance instance) {
        var isRestless = !instance.registration().isExtended()
                && instance.isReachable()
                && instance.mailbox().filter(m -> !m.isAtRest()).isPresent();
        if (isRestless) {
            restless.add(instance);
        } else {
            restless.remove(instance);
        }
        scheduleAt(instance, instance.dueNanos());
        departures.of(instance.url()).ifPresent(departure -> scheduleAt(instance, departure.untilNanos()));
    }

    private void scheduleAt(Instance instance, long due) {
        if (due < instance.scheduledNanos()) {
            instance.schedule(due);
            schedule.add(new Due(due, instance));
        }
    }

    private void check(Instance instance) {
        var attempt = ++attempts;
        instance.checking(attempt);
        var registration = instance.registration();
        effects.add(new Effect.Check(
                instance.url(), registration.findHeartbeatUrl().orElseThrow(), registration.instanceId(), attempt));
    }

    private void send(Instance instance, Mailbox.Letter letter) {
        var attempt = ++attempts;
        instance.sending(attempt);
        effects.add(new Effect.Send(
                instance.url(),
                instance.registration().findUpdateUrl().orElseThrow(),
                instance.registration().isExtended(),
                letter,
                attempt));
    }

    private void admit(Instance instance) {
        instance.takeTicket().ifPresent(ticket -> effects.add(new Effect.Admit(ticket)));
    }

    private static Change.Kind kindOf(Health health) {
        return switch (health) {
            case PASSING -> Change.Kind.PASSING;
            case SUSPECT -> Change.Kind.SUSPECT;
            case EVICTED -> Change.Kind.EVICTED;
            case STARTING, UNCHECKED, DRAINING -> throw new IllegalStateException("no heartbeat leads to " + health);
        };
    }

    private void changed(Change.Kind kind, Instance instance, String reason) {
        revision++;
        effects.add(new Effect.Tell(new Change(revision, wallClock.instant(), kind, entryOf(instance), reason)));
    }

    private static RollView.Entry entryOf(Instance instance) {
        return new RollView.Entry(instance.registration(), instance.health(), instance.since(), instance.lastAnswer());
    }

    private record Due(long nanos, Instance instance) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(nanos, other.nanos);
        }
    }
}

package dev.rollcall.registry;

import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.ReceivedPatch;
import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.registry.core.CoreSettings;
import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.Evidence;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.core.PatchOutcome;
import dev.rollcall.registry.core.PendingPatch;
import dev.rollcall.registry.core.ProbeVerdict;
import dev.rollcall.registry.core.RegistryCore;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollState;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.registry.journal.SimulatedDisk;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Simulates the registry's core among processes that start, die and register again, over a network that loses and
 * delays, in virtual time: one seed, one history. Plain receivers append what they get; extended ones are the real
 * {@link Providers}. The invariants are checked at every step.
 */
final class Simulation {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final List<ServiceName> SERVICES =
            List.of(new ServiceName("A"), new ServiceName("B"), new ServiceName("C"));
    private static final int PLACES = 8;

    private final long seed;
    private final Random random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Random wallClockJumps;
    private final boolean wallClockIsSteady;
    private RegistryCore core;
    private int life;
    private int unwritten;
    private long writtenAt;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<HttpUrl, Process> processes = new LinkedHashMap<>();
    private final Set<HttpUrl> failedProbes = new HashSet<>();
    private final Map<Long, Process> tickets = new HashMap<>();
    private long now;
    private long count;
    private boolean faulty = true;
    private long wallClockAheadNanos;
    private int leaps;
    private int transcript;
    private long cutOffUntil;
    private boolean isEvictionForbidden;

    Simulation(long seed) {
        this(seed, false);
    }

    /** Creates a simulation, with or without jumps of the wall clock. */
    Simulation(long seed, boolean wallClockIsSteady) {
        this.seed = seed;
        this.random = new Random(seed);
        this.wallClockJumps = new Random(~seed);
        this.wallClockIsSteady = wallClockIsSteady;
        this.core = begin();
    }

    /** Starts a registry's process from the disk. */
    private RegistryCore begin() {
        life++;
        InstantSource wallClock = () -> Instant.EPOCH.plusNanos(now + wallClockAheadNanos);
        var next = new RegistryCore(CoreSettings.DEFAULT, "epoch", new Random(seed + life), wallClock);
        var state = RollState.of(disk.records());
        disk.append(new JournalRecord.Reserved(state.revision() + 1_000_000));
        disk.sync();
        next.restore(state, now);
        return next;
    }

    /** Kills the registry and restarts it; it must have what it acknowledged. */
    private void crash() {
        disk.crash(random);
        unwritten = 0;
        var orphans = List.copyOf(tickets.values());
        tickets.clear();
        processes.values().forEach(p -> p.leaving = false);
        life++;
        advanceWithoutRegistry((100 + random.nextInt(3_000)) * MILLI);
        core = begin();
        for (var process : processes.values()) {
            if (process.acknowledged && process.alive) {
                check(core.view().entries().stream().anyMatch(process::isIn), "what was acknowledged is there");
            }
        }
        perform();
        for (var process : orphans) {
            if (process.alive && process.registration.isExtended()) {
                register(process);
            } else {
                // a plain service exits when its registration gets no response
                process.alive = false;
            }
        }
    }

    private void makeRoom() {
        disk.makeRoom();
    }

    private void advanceWithoutRegistry(long nanos) {
        var end = now + nanos;
        while (!events.isEmpty() && events.peek().nanos <= end) {
            var event = events.poll();
            now = Math.max(now, event.nanos);
            event.action.run();
        }
        now = end;
    }

    /** Sets the wall clock back or forth by hours. */
    private void setWallClock() {
        if (!wallClockIsSteady) {
            wallClockAheadNanos =
                    Duration.ofMinutes(wallClockJumps.nextInt(10_000) - 5_000).toNanos();
        }
    }

    /**
     * Suspends the machine; its clock jumps when it wakes up. The registry mostly notices that, unless a round was in
     * progress.
     */
    private void suspend() {
        leaps++;
        var isNoticed = random.nextInt(4) > 0;
        var nanos = (isNoticed ? random.nextInt(20 * 60_000) : random.nextInt(30_000)) * MILLI;
        now += nanos;
        if (isNoticed) {
            core.paused(nanos, now);
            perform();
        }
    }

    /** Returns a hash of all outcomes. */
    int transcript() {
        return transcript;
    }

    /** Runs some minutes of faults, then some without, then compares all views. */
    void run(int steps) {
        for (var i = 0; i < steps; i++) {
            if (random.nextInt(15) == 0) {
                crash();
            }
            if (random.nextInt(20) == 0) {
                suspend();
            }
            if (random.nextInt(10) == 0) {
                setWallClock();
            }
            if (random.nextInt(25) == 0) {
                disk.fill();
            } else if (random.nextInt(5) == 0) {
                makeRoom();
            }
            injectFault();
            advance(random.nextInt(8) == 0 ? 5_000 * MILLI : random.nextInt(400) * MILLI);
        }
        faulty = false;
        makeRoom();
        advance(Duration.ofMinutes(3).toNanos());
        compare();
        cutOff();
        compare();
    }

    /** Cuts the registry's own network for a while: if two or more instances live, none may be evicted for that. */
    private void cutOff() {
        var living = processes.values().stream().filter(p -> p.alive).count();
        cutOffUntil = now + random.nextInt(4 * 60_000) * MILLI;
        isEvictionForbidden = living > 1;
        advance(cutOffUntil - now);
        advance(Duration.ofMinutes(2).toNanos());
        isEvictionForbidden = false;
    }

    private void injectFault() {
        var url = HttpUrl.of("http://place:" + (1 + random.nextInt(PLACES)));
        var process = processes.get(url);
        if (process != null && process.leaving) {
            // it keeps its port until the response comes
            return;
        }
        if (process == null || !process.alive) {
            start(url);
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> process.alive = false;
            case 1 -> {
                process.alive = false;
                deregister(process);
            }
            case 2 -> {
                process.alive = false;
                start(url);
            }
            case 3 -> {
                if (process.registration.isExtended()) {
                    register(process);
                }
            }
            case 4 -> cutProcessOff(process);
            default -> process.pausedUntil = now + random.nextInt(6_000) * MILLI;
        }
    }

    /** Cuts off its machine without a packet, or loses only what it sends. */
    private void cutProcessOff(Process process) {
        process.isDeaf = random.nextInt(3) > 0;
        process.cutUntil = now + random.nextInt(20_000) * MILLI;
        if (random.nextInt(3) == 0) {
            process.alive = false;
            process.isDeaf = true;
            process.cutUntil = Long.MAX_VALUE;
        }
    }

    private void start(HttpUrl url) {
        var requires = SERVICES.stream().filter(s -> random.nextBoolean()).toList();
        var extended = random.nextBoolean();
        var registration = new Registration(
                SERVICES.get(random.nextInt(SERVICES.size())),
                url,
                requires,
                random.nextInt(8) == 0 ? null : url.resolve("/services"),
                url.resolve("/heartbeat"),
                extended ? "instance-" + ++count : "",
                extended ? Registration.EXTENDED : 0,
                Map.of());
        var process = new Process(registration);
        process.listensAt = now + (random.nextInt(3) == 0 ? 50 * MILLI : 0);
        processes.put(url, process);
        failedProbes.remove(url);
        register(process);
    }

    private void register(Process process) {
        var ticket = ++count;
        tickets.put(ticket, process);
        if (disk.isFull()) {
            // refused; nothing was done
            tickets.remove(ticket);
            process.alive = process.acknowledged;
            return;
        }
        writeAhead(new JournalRecord.Registered(core.revision() + 1, process.registration), () -> {
            core.register(process.registration, ticket, now);
            perform();
            respondWithin(1_001, ticket, "a registration is answered within 1 s");
        });
    }

    private void deregister(Process process) {
        if (disk.isFull()) {
            // refused; it exits all the same
            return;
        }
        process.acknowledged = false;
        process.leaving = true;
        var ticket = ++count;
        writeAhead(new JournalRecord.Removed(core.revision() + 1, process.registration.url()), () -> {
            if (!core.deregister(process.registration.url(), ticket, now)) {
                process.leaving = false;
                return;
            }
            tickets.put(ticket, process);
            perform();
            respondWithin(2_001, ticket, "leaving is answered within 2 s");
        });
    }

    private void respondWithin(int millis, long ticket, String what) {
        var before = leaps;
        schedule(now + millis * MILLI, () -> {
            if (leaps == before) {
                check(!tickets.containsKey(ticket), what);
            } else {
                // no process was there to respond
                respondWithin(1, ticket, what);
            }
        });
    }

    /** Runs an action once the record is on disk. */
    private void writeAhead(JournalRecord record, Runnable action) {
        disk.append(record);
        unwritten++;
        writtenAt = Math.max(writtenAt, now + random.nextInt(3) * MILLI);
        schedule(writtenAt, () -> {
            disk.sync();
            unwritten--;
            action.run();
        });
    }

    /** Drops the registry's own scheduled actions. */
    private void schedule(long nanos, Runnable action) {
        var mine = life;
        at(nanos, () -> {
            if (life == mine) {
                action.run();
            }
        });
    }

    private void advance(long nanos) {
        var end = now + nanos;
        while (true) {
            var event = events.peek();
            var next = Math.min(event == null ? Long.MAX_VALUE : event.nanos, core.nextDueNanos());
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
            if (event != null && event.nanos <= now) {
                events.poll().action.run();
            } else {
                core.tick(now);
            }
            perform();
            if (unwritten == 0) {
                disk.settled(core.settledRevision());
            }
        }
    }

    private void perform() {
        for (var effects = core.effects(); !effects.isEmpty(); effects = core.effects()) {
            for (var effect : effects) {
                note(effect);
                if (effect instanceof Effect.Probe probe) {
                    probe(probe);
                } else if (effect instanceof Effect.Send send) {
                    sendOnceDurable(send);
                } else if (effect instanceof Effect.Complete complete) {
                    var admitted = tickets.remove(complete.ticket());
                    if (admitted != null) {
                        admitted.acknowledged = admitted.alive;
                        admitted.leaving = false;
                    }
                } else if (effect instanceof Effect.Persist persist) {
                    disk.append(persist.record());
                } else if (effect instanceof Effect.Publish publish) {
                    check(
                            !isRemoval(publish.change().kind())
                                    || failedProbes.contains(publish.change().url()),
                            "only those who failed are taken out");
                    check(
                            !isEvictionForbidden || publish.change().kind() != RollChange.Kind.EVICTED,
                            "a registry that is cut off evicts nobody");
                }
            }
        }
    }

    private static boolean isRemoval(RollChange.Kind kind) {
        return kind == RollChange.Kind.EVICTED || kind == RollChange.Kind.FORGOTTEN;
    }

    private void note(Effect effect) {
        var what = effect instanceof Effect.Publish publish
                ? publish.change().kind() + " " + publish.change().url()
                : effect;
        transcript = 31 * transcript + Long.hashCode(now) + what.toString().hashCode();
    }

    private void probe(Effect.Probe probe) {
        var process = processes.get(probe.instance());
        var latency = random.nextInt(5) * MILLI;
        var evidence = evidence(process, probe.instanceId());
        var takes = evidence == Evidence.SILENT ? 1_000 * MILLI : latency;
        var before = leaps;
        schedule(now + takes, () -> {
            if (evidence != Evidence.ALIVE) {
                failedProbes.add(probe.instance());
            }
            // what was in flight while the clock jumped may look late and proves nothing
            var seen = leaps != before && random.nextBoolean() ? Evidence.SILENT : evidence;
            core.probed(probe.instance(), probe.attempt(), process.verdict(seen), now);
        });
    }

    private Evidence evidence(Process process, String instanceId) {
        if (now < process.cutUntil || now < cutOffUntil) {
            return Evidence.SILENT;
        }
        if (!process.alive || now < process.listensAt) {
            return Evidence.GONE;
        }
        if (now < process.pausedUntil || (faulty && random.nextInt(20) == 0)) {
            return Evidence.SILENT;
        }
        var other = !instanceId.isEmpty()
                && !process.registration.instanceId().isEmpty()
                && !instanceId.equals(process.registration.instanceId());
        return other ? Evidence.GONE : Evidence.ALIVE;
    }

    /** An extended dependant gets a snapshot after a crash, so its patches need not wait for the disk. */
    private void sendOnceDurable(Effect.Send send) {
        onRoll(send.dependant()).ifPresent(dependant -> checkLists(send.patch(), dependant));
        if (processes.get(send.dependant()).registration.isExtended() || disk.covers(send.patch())) {
            deliver(send);
        } else {
            schedule(
                    now + random.nextInt(2) * MILLI,
                    () -> disk.afterAll(() -> {
                        if (core.isCurrent(send)) {
                            deliver(send);
                            perform();
                        }
                    }));
        }
    }

    private void deliver(Effect.Send send) {
        var process = processes.get(send.dependant());
        var pendingPatch = send.patch();
        var latency = random.nextInt(5) * MILLI;
        var fault = faulty ? random.nextInt(12) : 99;
        if (now < process.cutUntil) {
            fault = process.isDeaf ? 0 : 1;
        } else if (now < cutOffUntil) {
            fault = 0;
        }
        var isGone = !process.alive || now < process.listensAt;
        if (isGone && now >= process.cutUntil && now >= cutOffUntil) {
            schedule(now, () -> core.sent(send.dependant(), send.attempt(), PatchOutcome.NOT_DELIVERED, now));
        } else if (fault == 0) {
            schedule(now + 2_000 * MILLI, () -> core.sent(send.dependant(), send.attempt(), PatchOutcome.UNKNOWN, now));
        } else if (fault == 1) {
            at(now + latency, () -> process.take(pendingPatch));
            schedule(now + 2_000 * MILLI, () -> core.sent(send.dependant(), send.attempt(), PatchOutcome.UNKNOWN, now));
        } else if (fault == 2 && process.registration.isExtended()) {
            // duplicated: once in time and once long after
            at(now + latency, () -> process.take(pendingPatch));
            at(now + 4_000 * MILLI, () -> process.take(pendingPatch));
            schedule(now + 2_000 * MILLI, () -> core.sent(send.dependant(), send.attempt(), PatchOutcome.UNKNOWN, now));
        } else {
            at(now + latency, () -> {
                var delivery = process.take(pendingPatch);
                schedule(now, () -> core.sent(send.dependant(), send.attempt(), delivery, now));
            });
        }
    }

    private Optional<Registration> onRoll(HttpUrl url) {
        return core.view().entries().stream()
                .map(RollView.Entry::registration)
                .filter(r -> r.url().equals(url))
                .findFirst();
    }

    private static void checkLists(PendingPatch pendingPatch, Registration dependant) {
        var removed = pendingPatch.patch().removed().stream().map(Process::key).toList();
        check(
                pendingPatch.patch().added().stream().map(Process::key).noneMatch(removed::contains),
                "nobody is in both lists");
        check(
                pendingPatch.patch().added().stream()
                        .allMatch(p -> dependant.requires().contains(p.name())),
                "only what is required is told");
    }

    private void at(long nanos, Runnable action) {
        events.add(new Event(nanos, ++count, action));
    }

    private void compare() {
        var roll = core.view().entries();
        for (var entry : roll) {
            var process = processes.get(entry.registration().url());
            check(process.alive == entry.isAnnounced(), "after quiet, those are announced who are alive: " + entry);
        }
        for (var process : processes.values()) {
            if (process.alive && process.registration.updateUrl() != null) {
                var truth = new TreeSet<String>();
                processes.values().stream()
                        .filter(p -> p.alive)
                        .map(p -> p.registration.asProvider())
                        .filter(p -> process.registration.requires().contains(p.name()))
                        .forEach(p -> truth.add(Process.key(p)));
                check(
                        process.view().equals(List.copyOf(truth)),
                        "after quiet, a view is the truth: " + process.view() + " instead of " + truth);
            }
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private record Event(long nanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            var byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One process at an address, and its view. */
    private static final class Process {
        private final Registration registration;
        private final Providers providers = new Providers();
        private final List<String> appended = new ArrayList<>();
        private boolean alive = true;
        private boolean acknowledged;
        private boolean leaving;
        private long listensAt;
        private long pausedUntil;
        private long cutUntil;
        private boolean isDeaf;
        private long revision;

        Process(Registration registration) {
            this.registration = registration;
        }

        boolean isIn(RollView.Entry entry) {
            return entry.registration().equals(registration);
        }

        PatchOutcome take(PendingPatch pendingPatch) {
            if (registration.isExtended()) {
                var revisions = new Revisions("epoch", pendingPatch.revision(), pendingPatch.previousRevision());
                var applied = providers.apply(
                        new ReceivedPatch(pendingPatch.patch(), Optional.of(revisions), pendingPatch.snapshot()));
                var seen = Long.parseLong(
                        providers.revision().map(r -> r.split(":")[1]).orElse("0"));
                check(seen >= revision, "revisions only rise");
                revision = seen;
                return applied ? PatchOutcome.APPLIED : PatchOutcome.CONFLICT;
            }
            for (var added : pendingPatch.patch().added()) {
                check(!appended.contains(key(added)), "a plain receiver is never told the same twice");
                appended.add(key(added));
            }
            for (var removed : pendingPatch.patch().removed()) {
                appended.remove(key(removed));
            }
            return PatchOutcome.APPLIED;
        }

        ProbeVerdict verdict(Evidence evidence) {
            var isMine = evidence == Evidence.ALIVE && registration.isExtended();
            return new ProbeVerdict(evidence, "", isMine ? providers.revision() : Optional.empty());
        }

        List<String> view() {
            var view = new ArrayList<String>();
            // entries meant for the address's former process may be there too; they are harmless
            appended.stream()
                    .filter(entry -> registration.requires().stream().anyMatch(s -> entry.startsWith(s + " ")))
                    .forEach(view::add);
            if (registration.isExtended()) {
                registration.requires().forEach(s -> providers.of(s).forEach(p -> view.add(key(p))));
            }
            view.sort(null);
            return view;
        }

        private static String key(Provider provider) {
            return provider.name() + " " + provider.url();
        }
    }
}

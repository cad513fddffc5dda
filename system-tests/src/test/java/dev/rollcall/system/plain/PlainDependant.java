package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import dev.rollcall.wire.MalformedJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A plain service that requires others. Appends whatever is Added without checking, removes one entry for each Removed,
 * and records when a registry does what confuses such a service. Thread-safe.
 */
public final class PlainDependant implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Received> received = new ArrayList<>();
    private final List<PlainPatch.Entry> providers = new ArrayList<>();
    private final List<Long> heartbeats = new ArrayList<>();
    private final List<String> confusions = new ArrayList<>();
    private final RawServer server;
    private final PlainRegistration registration;
    private volatile Fault.Source faults = () -> Fault.NONE;

    private PlainDependant(String name, String... requires) {
        this.server = RawServer.on(Ports.free(), this::handle);
        this.registration = PlainRegistration.of(name, server.url(), requires);
    }

    /** Starts a service that listens and is not registered. */
    public static PlainDependant listening(String name, String... requires) {
        return new PlainDependant(name, requires);
    }

    /** Sets how patches are handled from now on. */
    public void takesPatches(Fault.Source next) {
        faults = next;
    }

    /** Returns its registration. */
    public PlainRegistration registration() {
        return registration;
    }

    /** Returns all patches so far, in the order of arrival. */
    public List<Received> received() {
        return locked(() -> List.copyOf(received));
    }

    /** Returns the providers in its view. */
    public List<PlainPatch.Entry> providers() {
        return locked(() -> List.copyOf(providers));
    }

    /** Returns the times of its heartbeats, as {@link System#nanoTime}. */
    public List<Long> heartbeats() {
        return locked(() -> List.copyOf(heartbeats));
    }

    /** Returns what no registry should have sent. */
    public List<String> confusions() {
        return locked(() -> List.copyOf(confusions));
    }

    /** Waits for a patch among those from the {@code from}th on; {@link AssertionError} if there is none in time. */
    public Received awaitPatch(int from, Predicate<PlainPatch> wanted, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var nanos = limit.toNanos();
            var seen = from;
            while (true) {
                for (; seen < received.size(); seen++) {
                    if (wanted.test(received.get(seen).patch())) {
                        return received.get(seen);
                    }
                }
                if (nanos <= 0) {
                    throw new AssertionError("no such patch within " + limit + " among " + received);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this many heartbeats. */
    public List<Long> awaitHeartbeats(int count, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var nanos = limit.toNanos();
            while (heartbeats.size() < count) {
                if (nanos <= 0) {
                    throw new AssertionError("only " + heartbeats.size() + " heartbeats within " + limit);
                }
                nanos = changed.awaitNanos(nanos);
            }
            return List.copyOf(heartbeats);
        } finally {
            lock.unlock();
        }
    }

    /** Vanishes, as a plain service does on a signal. */
    @Override
    public void close() {
        server.close();
    }

    private Act handle(RawRequest request) throws InterruptedException {
        var now = System.nanoTime();
        if (request.is("GET", "/heartbeat")) {
            locked(() -> heartbeats.add(now));
            return Act.OK;
        }
        if (!request.path().equals("/services")) {
            return Act.Answer.of(404);
        }
        if (!request.method().equals("POST")) {
            return Act.Answer.of(405);
        }
        var fault = faults.next();
        try {
            var patch = PlainPatch.read(request.body());
            if (fault.isTaken()) {
                locked(() -> take(new Received(patch, request.body(), now)));
            }
            return fault.act();
        } catch (MalformedJsonException e) {
            return Act.Answer.of(400);
        }
    }

    private boolean take(Received next) {
        received.add(next);
        var patch = next.patch();
        var both = new HashSet<>(patch.added());
        both.retainAll(patch.removed());
        both.forEach(entry -> confusions.add(entry + " in both lists of " + next));
        for (var entry : patch.added()) {
            if (providers.contains(entry)) {
                confusions.add(entry + " twice by " + next);
            }
            if (!registration.requires().contains(entry.name())) {
                confusions.add(entry + " is not required, by " + next);
            }
            providers.add(entry);
        }
        patch.removed().forEach(providers::remove);
        return true;
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            changed.signalAll();
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** A received patch, its bytes, and its time, as {@link System#nanoTime}. */
    public record Received(PlainPatch patch, String body, long nanos) {}
}

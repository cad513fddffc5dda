package dev.rollcall.host;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.http.RepeatingTask;
import dev.rollcall.wire.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an instance on the roll: one thread that does what {@link RegistrationSchedule} decides. Thread-safe. */
final class RegistrationKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationKeeper.class);
    private static final Duration DEREGISTER_LIMIT = Duration.ofSeconds(5);
    /** A registry answers a registration after a second at the latest; what hangs for longer is given up. */
    private static final Duration REGISTER_LIMIT = Duration.ofMillis(1_500);
    /** Memory may be back then, and until then it doesn't keep a processor busy. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofMillis(200).toNanos();

    private final RegistryClient registry;
    private final Registration registration;
    private final RegistrationSchedule registrationSchedule;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "enrolment");
    private final Runnable round = this::round;
    private final RepeatingTask repeatingTask =
            new RepeatingTask("the registration isn't looked after: its thread fails");
    private final CompletableFuture<Void> firstRegistration = new CompletableFuture<>();
    private volatile boolean mayBeListed;
    private volatile boolean hasEnded;
    private boolean closed;
    private boolean speaksExtended;
    private boolean saidAway;
    private String trouble = "not registered yet";

    RegistrationKeeper(RegistryClient registry, Registration registration, Duration interval, RandomGenerator random) {
        this.registry = registry;
        this.registration = registration;
        this.registrationSchedule = new RegistrationSchedule(interval, random, System.nanoTime());
        thread.setDaemon(true);
    }

    /** Begins to register; the future completes with the first registration. */
    CompletableFuture<Void> start() {
        thread.start();
        return firstRegistration;
    }

    /** A heartbeat was asked for, by an extended registry or by somebody else. */
    void heard(boolean extended) {
        lock.lock();
        try {
            registrationSchedule.heard(System.nanoTime(), extended);
        } finally {
            lock.unlock();
        }
    }

    /** Why this instance is not on the roll, or may not stay there; none if it is. */
    List<String> healthReasons() {
        var doubts = new ArrayList<>(repeatingTask.healthReasons());
        lock.lock();
        try {
            if (!trouble.isEmpty()) {
                doubts.add(trouble);
            }
        } finally {
            lock.unlock();
        }
        return doubts;
    }

    /**
     * Ends registering and takes the instance off the roll, unless it surely isn't on it. A registration under way is let
     * finish, since leaving may overtake it otherwise, and then the instance would stay on the roll. At most for that
     * and the limit of a call to the registry.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        awaitThread(REGISTER_LIMIT);
        thread.interrupt();
        awaitThread(DEREGISTER_LIMIT);
        if (mayBeListed) {
            deregister();
        }
    }

    private void awaitThread(Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!hasEnded) {
            if (!repeatingTask.run(round)) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    private void round() {
        try {
            if (awaitDue()) {
                register();
            } else {
                hasEnded = true;
            }
        } catch (InterruptedException e) {
            // only close() interrupts; it goes on from here
            hasEnded = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it has to register; {@code false} if it is closed instead. */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var nanos = registrationSchedule.nanosUntilDue(System.nanoTime());
                if (nanos <= 0) {
                    return true;
                }
                // heartbeats move the time without waking this thread; at worst it wakes once in vain
                changed.awaitNanos(Math.min(nanos, Duration.ofSeconds(1).toNanos()));
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void register() {
        try {
            deregisterFromPlainFirst();
            var extended = attempt();
            lock.lock();
            try {
                registrationSchedule.registered(System.nanoTime(), extended);
                speaksExtended = extended;
                trouble = "";
                saidAway = false;
            } finally {
                lock.unlock();
            }
            LOG.atInfo().addKeyValue("registry", registry.addresses()).log("registered");
            firstRegistration.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }

    /**
     * A plain registry lists a second registration beside the first, so the first is taken back: also one that wasn't
     * answered, or refused, which some do after they have listed it.
     */
    private void deregisterFromPlainFirst() throws IOException {
        if (mayBeListed && !speaksExtended) {
            var wasKnown = registry.deregister(registration.url());
            mayBeListed = false;
            if (!wasKnown) {
                forgotten();
            }
        }
    }

    private void forgotten() {
        lock.lock();
        try {
            registrationSchedule.wasForgotten(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private boolean attempt() throws IOException {
        var before = mayBeListed;
        mayBeListed = true;
        try {
            return registry.register(registration);
        } catch (CallFailedException e) {
            mayBeListed = before || !e.isSurelyNotDone();
            throw e;
        }
    }

    private void failed(Throwable e) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            registrationSchedule.failed(System.nanoTime());
            trouble = "not registered: " + reason(e);
            if (saidAway) {
                return;
            }
            saidAway = true;
        } finally {
            lock.unlock();
        }
        LOG.atWarn()
                .addKeyValue("registry", registry.addresses())
                .addKeyValue("reason", reason(e))
                .log("not registered yet, trying on");
    }

    private static String reason(Throwable e) {
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void deregister() {
        // cleared for the call: a second Enter while we wait may set it again, and ends the call
        Thread.interrupted();
        try {
            registry.deregister(registration.url());
            LOG.info("deregistered");
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("not deregistered");
        }
    }
}

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

/** Keeps an instance registered: one thread executes the decisions of {@link RegistrationSchedule}. Thread-safe. */
final class RegistrationKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationKeeper.class);
    private static final Duration DEREGISTER_LIMIT = Duration.ofSeconds(5);
    /** A registry responds to a registration within a second; a call that hangs for longer is abandoned. */
    private static final Duration REGISTER_LIMIT = Duration.ofMillis(1_500);
    /** Memory may be available again by then, and the pause keeps the processor free. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = Duration.ofMillis(200).toNanos();

    private final RegistryClient registry;
    private final Registration registration;
    private final RegistrationSchedule registrationSchedule;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = new Thread(this::run, "registration");
    private final Runnable round = this::round;
    private final RepeatingTask repeatingTask = new RepeatingTask("the registration isn't renewed: its thread fails");
    private final CompletableFuture<Void> firstRegistration = new CompletableFuture<>();
    private volatile boolean mayBeListed;
    private volatile boolean hasEnded;
    private boolean closed;
    private boolean isExtendedRegistry;
    private boolean isFailureLogged;
    private String failureReason = "not registered yet";

    RegistrationKeeper(RegistryClient registry, Registration registration, Duration interval, RandomGenerator random) {
        this.registry = registry;
        this.registration = registration;
        this.registrationSchedule = new RegistrationSchedule(interval, random, System.nanoTime());
        thread.setDaemon(true);
    }

    /** Starts registering; the future completes with the first registration. */
    CompletableFuture<Void> start() {
        thread.start();
        return firstRegistration;
    }

    /** Notes a heartbeat, sent by an extended registry or by any other client. */
    void heartbeatReceived(boolean extended) {
        lock.lock();
        try {
            registrationSchedule.heartbeatReceived(System.nanoTime(), extended);
        } finally {
            lock.unlock();
        }
    }

    /** Returns why this instance is not registered, or may not stay so; empty if all is well. */
    List<String> healthReasons() {
        var reasons = new ArrayList<>(repeatingTask.healthReasons());
        lock.lock();
        try {
            if (!failureReason.isEmpty()) {
                reasons.add(failureReason);
            }
        } finally {
            lock.unlock();
        }
        return reasons;
    }

    /**
     * Stops registering, and deregisters the instance unless it is certainly not registered. Waits for a registration
     * in flight, which a deregistration might otherwise overtake, leaving the instance registered. Takes at most as
     * long as that and one call to the registry.
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
            // only close() interrupts, and continues from here
            hasEnded = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a registration is due; returns {@code false} if closed instead. */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var nanos = registrationSchedule.nanosUntilDue(System.nanoTime());
                if (nanos <= 0) {
                    return true;
                }
                // heartbeats move the due time without waking this thread; at worst it wakes once in vain
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
            var extended = sendRegistration();
            lock.lock();
            try {
                registrationSchedule.registered(System.nanoTime(), extended);
                isExtendedRegistry = extended;
                failureReason = "";
                isFailureLogged = false;
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
     * Deregisters first at a plain registry, which lists a second registration beside the first. That includes a
     * registration that was not answered, or was refused, because some registries refuse after listing it.
     */
    private void deregisterFromPlainFirst() throws IOException {
        if (mayBeListed && !isExtendedRegistry) {
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

    private boolean sendRegistration() throws IOException {
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
            failureReason = "not registered: " + reason(e);
            if (isFailureLogged) {
                return;
            }
            isFailureLogged = true;
        } finally {
            lock.unlock();
        }
        LOG.atWarn()
                .addKeyValue("registry", registry.addresses())
                .addKeyValue("reason", reason(e))
                .log("not registered yet; retrying");
    }

    private static String reason(Throwable e) {
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void deregister() {
        // cleared for the call; a second Enter during it interrupts again and ends the call
        Thread.interrupted();
        try {
            registry.deregister(registration.url());
            LOG.info("deregistered");
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("not deregistered");
        }
    }
}

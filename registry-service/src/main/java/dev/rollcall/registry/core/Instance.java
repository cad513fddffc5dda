package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One registered instance as the core keeps it: its registration, and what is in flight with it. */
final class Instance {
    private static final long NEVER = Long.MAX_VALUE;

    private Registration registration;
    private Liveness liveness;
    private Optional<Mailbox> mailbox;
    private @Nullable Provider announced;
    private Instant since;
    private final LastResponse lastResponse = new LastResponse();
    private OptionalLong probeInFlight = OptionalLong.empty();
    private OptionalLong sendInFlight = OptionalLong.empty();
    private OptionalLong ticket = OptionalLong.empty();
    private long acknowledgedAtProbe = -1;
    private long completeByNanos;
    private long comingUpUntilNanos;
    private long scheduledNanos = NEVER;

    Instance(Registration registration, Liveness liveness, Optional<Mailbox> mailbox, Instant since) {
        this.registration = registration;
        this.liveness = liveness;
        this.mailbox = mailbox;
        this.since = since;
    }

    /** Replaces the registration after the same address has registered again. */
    void replace(Registration next, Liveness nextLiveness, Optional<Mailbox> nextMailbox, Instant now) {
        registration = next;
        liveness = nextLiveness;
        mailbox = nextMailbox;
        since = now;
        probeInFlight = OptionalLong.empty();
        lastResponse.clearReason();
        // a patch in flight to this address may still arrive, so nothing else is sent before it ends
    }

    HttpUrl url() {
        return registration.url();
    }

    Registration registration() {
        return registration;
    }

    Liveness liveness() {
        return liveness;
    }

    Health health() {
        return liveness.health();
    }

    /** Returns whether dependants are, or will be, notified of it. */
    boolean isAnnounced() {
        return liveness.isAnnounced();
    }

    Optional<Mailbox> mailbox() {
        return mailbox;
    }

    Instant since() {
        return since;
    }

    LastResponse lastResponse() {
        return lastResponse;
    }

    /** Returns what dependants are notified of; {@code null} while it is not announced. */
    @Nullable
    Provider announced() {
        return announced;
    }

    void announce(@Nullable Provider provider) {
        announced = provider;
    }

    /** Stores the ticket of a registration that waits for its completion. */
    void await(long newTicket, long comingUpUntil, long completeBy) {
        ticket = OptionalLong.of(newTicket);
        comingUpUntilNanos = comingUpUntil;
        completeByNanos = completeBy;
    }

    /** Removes and returns the ticket of the pending registration. */
    OptionalLong pollTicket() {
        var polled = ticket;
        ticket = OptionalLong.empty();
        return polled;
    }

    boolean isCompletionPending() {
        return ticket.isPresent();
    }

    /** Returns whether it registered so recently that its listener may still be starting. */
    boolean isComingUp(long now) {
        return isCompletionPending() && now - comingUpUntilNanos < 0;
    }

    boolean isCompletionDue(long now) {
        return isCompletionPending() && now - completeByNanos >= 0;
    }

    boolean isProbeDue(long now) {
        return probeInFlight.isEmpty() && liveness.nextProbeNanos() <= now;
    }

    void probeStarted(long attempt) {
        probeInFlight = OptionalLong.of(attempt);
        acknowledgedAtProbe = mailbox.filter(Mailbox::isSettled)
                .map(Mailbox::acknowledgedRevision)
                .orElse(-1L);
    }

    /** Ignores the result of the probe in flight. */
    void forgetProbe() {
        probeInFlight = OptionalLong.empty();
    }

    /** Returns the revision acknowledged when the last probe started; -1 if its mailbox was not settled then. */
    long acknowledgedAtProbe() {
        return acknowledgedAtProbe;
    }

    /** Ends the probe in flight; returns {@code false} if the attempt is another one. */
    boolean endProbe(long attempt) {
        var isCurrent = probeInFlight.isPresent() && probeInFlight.getAsLong() == attempt;
        if (isCurrent) {
            probeInFlight = OptionalLong.empty();
        }
        return isCurrent;
    }

    /** Returns whether a patch can be sent: none is in flight, and it is not evicted. */
    boolean canBeSent() {
        return sendInFlight.isEmpty() && isReachable();
    }

    void sendStarted(long attempt) {
        sendInFlight = OptionalLong.of(attempt);
    }

    boolean isSending(long attempt) {
        return sendInFlight.isPresent() && sendInFlight.getAsLong() == attempt;
    }

    /** Ends the send in flight; returns {@code false} if the attempt is another one. */
    boolean endSend(long attempt) {
        var isCurrent = isSending(attempt);
        if (isCurrent) {
            sendInFlight = OptionalLong.empty();
        }
        return isCurrent;
    }

    /** Returns whether it can be notified at present. */
    boolean isReachable() {
        return health() != Health.EVICTED;
    }

    /** Returns when it needs attention next. */
    long dueNanos() {
        var due = probeInFlight.isPresent() ? NEVER : liveness.nextProbeNanos();
        if (canBeSent()) {
            due = Math.min(due, mailbox.map(Mailbox::dueNanos).orElse(NEVER));
        }
        return isCompletionPending() ? Math.min(due, completeByNanos) : due;
    }

    long scheduledNanos() {
        return scheduledNanos;
    }

    void schedule(long nanos) {
        scheduledNanos = nanos;
    }
}

package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One registered instance, as the core keeps it: its registration, and what is under way with it. */
public final class Instance {
    private static final long NEVER = Long.MAX_VALUE;

    private Registration registration;
    private Liveness liveness;
    private Optional<Mailbox> mailbox;
    private @Nullable Provider announced;
    private Instant since;
    private final LastResponse lastResponse = new LastResponse();
    private OptionalLong checkInFlight = OptionalLong.empty();
    private OptionalLong sendInFlight = OptionalLong.empty();
    private OptionalLong ticket = OptionalLong.empty();
    private long acknowledgedAtProbe = -1;
    private long admitByNanos;
    private long comingUpUntilNanos;
    private long scheduledNanos = NEVER;

    Instance(Registration registration, Liveness liveness, Optional<Mailbox> mailbox, Instant since) {
        this.registration = registration;
        this.liveness = liveness;
        this.mailbox = mailbox;
        this.since = since;
    }

    /** The same address registered again. */
    void replace(Registration next, Liveness nextLiveness, Optional<Mailbox> nextMailbox, Instant now) {
        registration = next;
        liveness = nextLiveness;
        mailbox = nextMailbox;
        since = now;
        checkInFlight = OptionalLong.empty();
        lastResponse.clearReason();
        // a patch on its way to this address may still arrive, so nothing else is sent before it has ended
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

    /** Returns whether dependants are told of it, or are to be told. */
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

    /** What dependants are told of it now; {@code null} while it isn't announced. */
    @Nullable
    Provider announced() {
        return announced;
    }

    void announce(@Nullable Provider provider) {
        announced = provider;
    }

    /** A registration waits for its answer. */
    void await(long newTicket, long comingUpUntil, long admitBy) {
        ticket = OptionalLong.of(newTicket);
        comingUpUntilNanos = comingUpUntil;
        admitByNanos = admitBy;
    }

    /** The registration that waits, taken. */
    OptionalLong pollTicket() {
        var taken = ticket;
        ticket = OptionalLong.empty();
        return taken;
    }

    boolean isCompletionPending() {
        return ticket.isPresent();
    }

    /** Whether it registered so lately that its listener may still be on its way up. */
    boolean isComingUp(long now) {
        return isCompletionPending() && now - comingUpUntilNanos < 0;
    }

    boolean isCompletionDue(long now) {
        return isCompletionPending() && now - admitByNanos >= 0;
    }

    boolean isProbeDue(long now) {
        return checkInFlight.isEmpty() && liveness.nextProbeNanos() <= now;
    }

    void probeStarted(long attempt) {
        checkInFlight = OptionalLong.of(attempt);
        acknowledgedAtProbe = mailbox.filter(Mailbox::isSettled)
                .map(Mailbox::acknowledgedRevision)
                .orElse(-1L);
    }

    /** The check under way counts no more. */
    void forgetProbe() {
        checkInFlight = OptionalLong.empty();
    }

    /** What its mailbox had acknowledged, at rest, when the last check began; -1 if it wasn't at rest. */
    long acknowledgedAtProbe() {
        return acknowledgedAtProbe;
    }

    /** Whether this is the check under way, which is then under way no more. */
    boolean endProbe(long attempt) {
        var isCurrent = checkInFlight.isPresent() && checkInFlight.getAsLong() == attempt;
        if (isCurrent) {
            checkInFlight = OptionalLong.empty();
        }
        return isCurrent;
    }

    /** Whether a patch can be sent: none is on its way, and it isn't evicted. */
    boolean canBeSent() {
        return sendInFlight.isEmpty() && isReachable();
    }

    void sendStarted(long attempt) {
        sendInFlight = OptionalLong.of(attempt);
    }

    boolean isSending(long attempt) {
        return sendInFlight.isPresent() && sendInFlight.getAsLong() == attempt;
    }

    /** Whether this is the patch under way, which is then under way no more. */
    boolean endSend(long attempt) {
        var isCurrent = isSending(attempt);
        if (isCurrent) {
            sendInFlight = OptionalLong.empty();
        }
        return isCurrent;
    }

    /** Whether it can be told anything at present. */
    boolean isReachable() {
        return health() != Health.EVICTED;
    }

    /** When something is to be done for it next. */
    long dueNanos() {
        var due = checkInFlight.isPresent() ? NEVER : liveness.nextProbeNanos();
        if (canBeSent()) {
            due = Math.min(due, mailbox.map(Mailbox::dueNanos).orElse(NEVER));
        }
        return isCompletionPending() ? Math.min(due, admitByNanos) : due;
    }

    long scheduledNanos() {
        return scheduledNanos;
    }

    void schedule(long nanos) {
        scheduledNanos = nanos;
    }

    /**
     * When an instance last answered with 200, and why the last check found it unwell if it did. Read by other threads
     * while the core's thread sets it.
     */
    public static final class LastResponse {
        private volatile @Nullable Instant time;
        private volatile String reason = "";

        public void set(Instant now) {
            time = now;
            reason = "";
        }

        void failed(String why) {
            reason = why;
        }

        void clearReason() {
            reason = "";
        }

        /** Returns why the last check failed; empty if it succeeded or none has ended yet. */
        public String reason() {
            return reason;
        }

        public Optional<Instant> get() {
            return Optional.ofNullable(time);
        }
    }
}

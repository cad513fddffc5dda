package dev.rollcall.registry.core;

import dev.rollcall.wire.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Creates instances from registrations: new ones, repeated ones, and those known before a restart. */
final class InstanceFactory {
    private final CoreSettings settings;
    private final RandomGenerator random;

    InstanceFactory(CoreSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** Creates an instance that is not on the roll. */
    Instance create(Registration registration, Instant since, long now) {
        return new Instance(registration, newLiveness(registration, now), newMailbox(registration, now), since);
    }

    /**
     * Updates an instance whose address registered again; it keeps its place on the roll.
     *
     * @param patience how long its listener may take to start
     */
    void reregister(Instance instance, Registration next, Duration patience, Instant since, long now) {
        var before = instance.registration();
        var liveness = instance.liveness();
        if (next.heartbeatUrl() != null && before.heartbeatUrl() != null) {
            liveness.reregistered(now, patience);
        } else {
            liveness = newLiveness(next, now);
        }
        var mailbox = instance.mailbox()
                .filter(m -> next.updateUrl() != null)
                .map(m -> Mailbox.after(m, next.isExtended(), random, now))
                .or(() -> newMailbox(next, now));
        instance.replace(next, liveness, mailbox, since);
    }

    /** Restores an instance known before a restart. One that was announced still is, and is probed at once. */
    Instance restore(RollState.Entry entry, RestoredMailboxes mailboxes, Instant since, long now) {
        var registration = entry.registration();
        var liveness = entry.announced() && registration.heartbeatUrl() != null
                ? Liveness.restored(settings.heartbeat(), settings.forget(), random, now)
                : newLiveness(registration, now);
        var mailbox = registration.isExtended() || registration.updateUrl() == null
                ? newMailbox(registration, now)
                : Optional.of(mailboxes.of(entry, random, now));
        return new Instance(registration, liveness, mailbox, since);
    }

    private Liveness newLiveness(Registration registration, long now) {
        return registration.heartbeatUrl() == null
                ? Liveness.unchecked()
                : Liveness.starting(settings.heartbeat(), settings.forget(), random, now);
    }

    private Optional<Mailbox> newMailbox(Registration registration, long now) {
        return registration.findUpdateUrl().map(u -> new Mailbox(registration.isExtended(), random, now));
    }
}

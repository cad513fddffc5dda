package dev.rollcall.registry.core;

import dev.rollcall.wire.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes instances of registrations: new ones, those that register again, those known before a restart. */
final class InstanceFactory {
    private final CoreSettings settings;
    private final RandomGenerator random;

    InstanceFactory(CoreSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** One that wasn't known. */
    Instance created(Registration registration, Instant since, long now) {
        return new Instance(registration, newLiveness(registration, now), newMailbox(registration, now), since);
    }

    /**
     * The same address again, which keeps the place on the roll.
     *
     * @param patience how long its listener may take to come up
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

    /** One that was known before a restart: if it was announced it still is, and is asked at once. */
    Instance restored(RollState.Entry entry, RestoredMailboxes mailboxes, Instant since, long now) {
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

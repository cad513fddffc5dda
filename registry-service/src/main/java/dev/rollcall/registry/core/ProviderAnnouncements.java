package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/** Announces instances as providers, persists that, and marks the mailboxes of their dependants. */
final class ProviderAnnouncements {
    private final Roll roll;
    private final Effects effects;
    private final Relations relations;
    private final ObjLongConsumer<Instance> onMarked;

    /**
     * Creates it with no instance announced.
     *
     * @param onMarked called with each dependant whose mailbox was marked, and the time
     */
    ProviderAnnouncements(Roll roll, Relations relations, Effects effects, ObjLongConsumer<Instance> onMarked) {
        this.roll = roll;
        this.relations = relations;
        this.effects = effects;
        this.onMarked = onMarked;
    }

    /** Announces or withdraws an instance according to its health. */
    void update(Instance instance, long now) {
        announce(instance, asProvider(instance), now);
    }

    /** Withdraws an instance, if it was announced. */
    void withdraw(Instance instance, long now) {
        announce(instance, Optional.empty(), now);
    }

    /**
     * Restores an instance known before the restart; its dependants' mailboxes start with what they may have been sent.
     */
    void restore(Instance instance, boolean wasAnnounced) {
        relations.addDependant(instance);
        if (instance.isAnnounced()) {
            relations.announce(instance, asProvider(instance));
            if (!wasAnnounced) {
                // an unchecked instance that registered right before the end is announced from now on
                persist(instance, instance.registration().name());
            }
        }
    }

    /** Returns the dependants to notify when an instance leaves; empty if it is not announced. */
    List<Instance> dependantsOn(Instance instance) {
        return instance.announced() == null
                ? List.of()
                : relations.dependantsOf(instance.registration().name());
    }

    private static Optional<Provider> asProvider(Instance instance) {
        return instance.isAnnounced() ? Optional.of(instance.registration().asProvider()) : Optional.empty();
    }

    private void announce(Instance instance, Optional<Provider> provider, long now) {
        var before = instance.announced();
        var changedServices = relations.announce(instance, provider);
        if (roll.has(instance) && (before == null) == provider.isPresent()) {
            persist(instance, before == null ? provider.orElseThrow().name() : before.name());
        }
        changedServices.forEach(service -> markDependants(service, now));
    }

    /** Records whether the instance is announced now, and the service that it is or was announced as. */
    private void persist(Instance instance, ServiceName service) {
        effects.persist(
                new JournalRecord.Announced(roll.revision(), instance.url(), instance.announced() != null, service));
    }

    private void markDependants(ServiceName service, long now) {
        for (var dependant : relations.dependantsOf(service)) {
            dependant.mailbox().ifPresent(mailbox -> {
                mailbox.mark();
                onMarked.accept(dependant, now);
            });
        }
    }
}

package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** Announces instances as providers, has that written down, and marks the mailboxes of those whom it concerns. */
final class ProviderAnnouncements {
    private final Roll roll;
    private final Effects effects;
    private final Relations relations = new Relations();
    private final ObjLongConsumer<Instance> onMarked;

    /**
     * Nobody is announced.
     *
     * @param onMarked given each dependant whose mailbox was marked, and the time
     */
    ProviderAnnouncements(Roll roll, Effects effects, ObjLongConsumer<Instance> onMarked) {
        this.roll = roll;
        this.effects = effects;
        this.onMarked = onMarked;
    }

    /** An instance is to be told who provides what it requires. */
    void addDependant(Instance instance) {
        relations.addDependant(instance);
    }

    /** An instance requires nothing any more. */
    void removeDependant(Instance instance) {
        relations.removeDependant(instance);
    }

    /** Announces an instance, or takes the announcement back, as its health is now. */
    void update(Instance instance, long now) {
        announce(instance, asItsHealthIs(instance), now);
    }

    /** Takes the announcement of an instance back, if it was announced. */
    void withdraw(Instance instance, long now) {
        announce(instance, Optional.empty(), now);
    }

    /** Of one known before a restart, whose dependants' mailboxes begin with what they may have been told. */
    void restored(Instance instance, boolean wasAnnounced) {
        relations.addDependant(instance);
        if (instance.isAnnounced()) {
            relations.announce(instance, asItsHealthIs(instance));
            if (!wasAnnounced) {
                // of one that isn't checked, registered right before the end: dependants are told of it from now on
                persist(instance, instance.registration().name());
            }
        }
    }

    /** Those who must be told if an instance goes: none if it isn't announced. */
    List<Instance> dependantsOn(Instance instance) {
        return instance.announced() == null
                ? List.of()
                : relations.dependantsOf(instance.registration().name());
    }

    /** All that a dependant is to know. */
    List<Provider> providersFor(Instance dependant) {
        return relations.providersFor(dependant);
    }

    List<Provider> providersOf(ServiceName service) {
        return relations.providersOf(service);
    }

    int countProvidersOf(ServiceName service) {
        return relations.countProvidersOf(service);
    }

    /** The services that somebody provides. */
    Set<ServiceName> provided() {
        return relations.provided();
    }

    private static Optional<Provider> asItsHealthIs(Instance instance) {
        return instance.isAnnounced() ? Optional.of(instance.registration().asProvider()) : Optional.empty();
    }

    private void announce(Instance instance, Optional<Provider> provider, long now) {
        var before = instance.announced();
        var concerned = relations.announce(instance, provider);
        if (roll.has(instance) && (before == null) == provider.isPresent()) {
            persist(instance, before == null ? provider.orElseThrow().name() : before.name());
        }
        concerned.forEach(service -> markDependants(service, now));
    }

    /** Whether it is announced now, and as whose provider it is, or was until now. */
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

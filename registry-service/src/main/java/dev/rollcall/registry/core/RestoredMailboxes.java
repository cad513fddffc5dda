package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Restores the mailboxes of plain dependants. These append whatever they get: what they certainly know is not sent
 * again, and what they may know is removed first. Pure.
 */
final class RestoredMailboxes {
    private final RollState state;
    private final Map<ServiceName, List<RollState.Entry>> byService;

    RestoredMailboxes(RollState state) {
        this.state = state;
        this.byService = state.entries().stream()
                .collect(Collectors.groupingBy(entry -> entry.registration().name()));
    }

    /** Returns the mailbox of a plain dependant that has a ServiceUpdateURL. */
    Mailbox of(RollState.Entry dependant, RandomGenerator random, long now) {
        var requires = dependant.registration().requires();
        var settled = state.settled();
        var isSettled = dependant.announced() && dependant.changed() <= settled && dependant.registered() <= settled;
        var certain = new ArrayList<Provider>();
        var possible = new ArrayList<Provider>();
        for (var service : requires) {
            for (var entry : byService.getOrDefault(service, List.of())) {
                var isCertain = isSettled && entry.announced() && entry.changed() <= settled;
                (isCertain ? certain : possible).add(entry.registration().asProvider());
            }
        }
        state.tombstones().stream()
                .filter(tombstone -> !isSettled || tombstone.revision() > settled)
                .map(RollState.Tombstone::provider)
                .filter(provider -> requires.contains(provider.name()))
                .forEach(possible::add);
        return Mailbox.restored(certain, possible, random, now);
    }
}

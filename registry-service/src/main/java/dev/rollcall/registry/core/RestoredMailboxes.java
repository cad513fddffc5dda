package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What plain dependants had been told before the registry's restart. They append whatever they get, so what they surely
 * know isn't told again, and what they perhaps know is removed before. Pure.
 */
final class RestoredMailboxes {
    private final RollState state;
    private final Map<ServiceName, List<RollState.Entry>> byService;

    RestoredMailboxes(RollState state) {
        this.state = state;
        this.byService = state.entries().stream()
                .collect(Collectors.groupingBy(entry -> entry.registration().name()));
    }

    /** The mailbox of a plain dependant that can be told. */
    Mailbox of(RollState.Entry dependant, RandomGenerator random, long now) {
        var requires = dependant.registration().requires();
        var settled = state.settled();
        var isSettled = dependant.announced() && dependant.changed() <= settled && dependant.registered() <= settled;
        var surely = new ArrayList<Provider>();
        var perhaps = new ArrayList<Provider>();
        for (var service : requires) {
            for (var entry : byService.getOrDefault(service, List.of())) {
                var isSure = isSettled && entry.announced() && entry.changed() <= settled;
                (isSure ? surely : perhaps).add(entry.registration().asProvider());
            }
        }
        state.tombstones().stream()
                .filter(tombstone -> !isSettled || tombstone.revision() > settled)
                .map(RollState.Tombstone::provider)
                .filter(provider -> requires.contains(provider.name()))
                .forEach(perhaps::add);
        return Mailbox.restored(surely, perhaps, random, now);
    }
}

package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.util.Optional;

/**
 * Which instances are asked for.
 *
 * @param name of one service only
 * @param health in one state only
 * @param announced only those that dependants are told of
 */
record RollQuery(Optional<ServiceName> name, Optional<Health> health, boolean announced) {
    /** All, or all of one service. */
    static RollQuery of(Optional<ServiceName> name) {
        return new RollQuery(name, Optional.empty(), false);
    }

    /** The JSON array of those on the roll. */
    byte[] json(RollView view) {
        return Json.bytes(view.entries().stream()
                .filter(this::includes)
                .map(entry -> RollLine.of(entry, view.missing(entry)))
                .toList());
    }

    private boolean includes(RollView.Entry entry) {
        return name.map(entry.registration().name()::equals).orElse(true)
                && health.map(entry.health()::equals).orElse(true)
                && (!announced || entry.isAnnounced());
    }
}

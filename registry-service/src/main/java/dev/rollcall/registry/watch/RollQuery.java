package dev.rollcall.registry.watch;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.util.Optional;

/**
 * Selects instances of the roll.
 *
 * @param name of one service only
 * @param health of one state only
 * @param announced announced ones only
 */
record RollQuery(Optional<ServiceName> name, Optional<Health> health, boolean announced) {
    /** Selects all instances, or all of one service. */
    static RollQuery of(Optional<ServiceName> name) {
        return new RollQuery(name, Optional.empty(), false);
    }

    /** Returns the JSON array of the selected instances. */
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

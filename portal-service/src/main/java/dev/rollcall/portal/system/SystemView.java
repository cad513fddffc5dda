package dev.rollcall.portal.system;

import java.time.Instant;
import java.util.List;

/**
 * The known state of the running system at one time.
 *
 * @param now the time
 * @param roll all instances
 * @param note why it may be stale or is missing; empty if it is fresh
 * @param healthReasons the registry's own health reasons
 */
record SystemView(Instant now, Roll roll, String note, List<String> healthReasons) {
    static final int CHANGES_SHOWN = 30;
    static final int INSTANCES_SHOWN = 12;

    SystemView {
        healthReasons = List.copyOf(healthReasons);
    }

    TopologyDiagram diagram() {
        return TopologyDiagram.of(roll.services());
    }
}

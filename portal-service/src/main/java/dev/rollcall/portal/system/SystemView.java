package dev.rollcall.portal.system;

import java.time.Instant;
import java.util.List;

/**
 * What is known of the running system at one time.
 *
 * @param now at which
 * @param roll everybody
 * @param note why it isn't up to date, or can't be told; empty if it is
 * @param doubts what the registry itself finds doubtful
 */
record SystemView(Instant now, Roll roll, String note, List<String> doubts) {
    static final int CHANGES_SHOWN = 30;
    static final int INSTANCES_SHOWN = 12;

    /** Copies. */
    SystemView {
        doubts = List.copyOf(doubts);
    }

    TopologyDiagram picture() {
        return TopologyDiagram.of(roll.services());
    }
}

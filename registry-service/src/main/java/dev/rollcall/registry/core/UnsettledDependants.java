package dev.rollcall.registry.core;

import java.util.HashSet;
import java.util.Set;

/**
 * The plain dependants that can be reached and are still to be told something: once there are none, all plain ones have
 * acknowledged everything. Extended ones say themselves what they have. Not thread-safe.
 */
final class UnsettledDependants {
    private final Set<Instance> instances = new HashSet<>();
    private long settledRevision;

    /** Goes on from what was settled before a restart. */
    void continueFrom(long revision) {
        settledRevision = revision;
    }

    /** Looks whether an instance is one of them now. */
    void update(Instance instance) {
        var isRestless = !instance.registration().isExtended()
                && instance.isReachable()
                && instance.mailbox().filter(m -> !m.isSettled()).isPresent();
        if (isRestless) {
            instances.add(instance);
        } else {
            instances.remove(instance);
        }
    }

    void remove(Instance instance) {
        instances.remove(instance);
    }

    /** The revision up to which there was nothing to be told, if it is this one now. */
    long settledRevision(long revision) {
        if (instances.isEmpty()) {
            settledRevision = revision;
        }
        return settledRevision;
    }
}

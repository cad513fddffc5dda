package dev.rollcall.registry.core;

import java.util.HashSet;
import java.util.Set;

/**
 * The reachable plain dependants with a pending patch. While there are none, all have acknowledged everything. Extended
 * ones report their view themselves. Not thread-safe.
 */
final class UnsettledDependants {
    private final Set<Instance> instances = new HashSet<>();
    private long settledRevision;

    /** Continues from the revision settled before a restart. */
    void continueFrom(long revision) {
        settledRevision = revision;
    }

    /** Adds or removes an instance, as its mailbox is now. */
    void update(Instance instance) {
        var isUnsettled = !instance.registration().isExtended()
                && instance.isReachable()
                && instance.mailbox().filter(m -> !m.isSettled()).isPresent();
        if (isUnsettled) {
            instances.add(instance);
        } else {
            instances.remove(instance);
        }
    }

    void remove(Instance instance) {
        instances.remove(instance);
    }

    /** Returns the last revision at which no patch was pending; that is the given one if none is now. */
    long settledRevision(long revision) {
        if (instances.isEmpty()) {
            settledRevision = revision;
        }
        return settledRevision;
    }
}

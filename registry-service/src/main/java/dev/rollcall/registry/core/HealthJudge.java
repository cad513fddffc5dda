package dev.rollcall.registry.core;

import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Judges from probes which instances are alive, as long as the registry trusts itself, and whether dependants still
 * have what they acknowledged. Not thread-safe.
 */
final class HealthJudge {
    /** In a larger system some instance responds several times a second; probing all at once would be a burst. */
    private static final int WITNESSES_MAX = 16;

    private static final Duration RECHECK_SPREAD = Duration.ofSeconds(1);

    private final Roll roll;
    private final ToIntFunction<ServiceName> announcedOf;
    private final SelfDoubt selfDoubt = new SelfDoubt();
    private long mismatches;

    HealthJudge(Roll roll, ToIntFunction<ServiceName> announcedOf) {
        this.roll = roll;
        this.announcedOf = announcedOf;
    }

    /** Applies a probe's verdict; returns whether the instance's health changed. */
    boolean judge(Instance instance, ProbeVerdict probeVerdict, long now) {
        var evidence = probeVerdict.evidence();
        if (evidence == Evidence.ALIVE) {
            instance.lastResponse().set(roll.wallTime());
        } else {
            instance.lastResponse().failed(probeVerdict.reason());
        }
        if (evidence != Evidence.SILENT) {
            selfDoubt.heard(now);
        }
        var service = instance.registration().name();
        if (evidence == Evidence.SILENT && instance.isAnnounced()) {
            selfDoubt.silent(service, instance.url(), announcedOf.applyAsInt(service), isAlone(instance), now);
        } else {
            endSilence(instance);
        }
        var before = instance.health();
        var isDoubtful = selfDoubt.isAbout(service, now) || selfDoubt.isUnproven(service, instance.url());
        instance.liveness().apply(evidence, isDoubtful, now);
        return instance.health() != before;
    }

    /**
     * Returns the instances to probe at once when one has fallen silent, since its silence proves something only if
     * another one is heard. Empty in a large system, where some instance is always heard.
     */
    List<Instance> witnesses(Instance silent) {
        return roll.size() > WITNESSES_MAX
                ? List.of()
                : roll.all().stream()
                        .filter(other -> other != silent && other.health() == Health.PASSING)
                        .toList();
    }

    private boolean isAlone(Instance instance) {
        return !roll.hasOther(
                instance, other -> other.isAnnounced() && other.registration().heartbeatUrl() != null);
    }

    /** Checks that a settled dependant has what it acknowledged; if it reports another view, it is sent a snapshot. */
    void checkView(Instance instance, String view, long now) {
        var mailbox = instance.mailbox()
                .filter(m -> m.isSettled() && instance.registration().isExtended());
        if (mailbox.isPresent()
                && instance.acknowledgedAtProbe() == mailbox.get().acknowledgedRevision()
                && !view.equals(roll.epoch() + ":" + mailbox.get().acknowledgedRevision())) {
            mismatches++;
            mailbox.get().requestSnapshot(now);
        }
    }

    /** Stops counting an instance's silence as a reason for doubt: it responded, leaves, or is certainly gone. */
    void endSilence(Instance instance) {
        var service = instance.registration().name();
        selfDoubt.endSilence(service, instance.url(), announcedOf.applyAsInt(service));
    }

    /**
     * Discards the probes in flight after a pause of the registry, and probes every instance anew. The lost time does
     * not count towards forgetting an instance.
     */
    void paused(long lostNanos, long now) {
        selfDoubt.paused(now);
        for (var instance : roll.all()) {
            instance.forgetProbe();
            instance.liveness().paused(lostNanos, now, RECHECK_SPREAD);
        }
    }

    /** Returns why the registry suspects itself, as text; empty if it does not. */
    List<String> healthReasons(long now) {
        return selfDoubt.reasons(now);
    }

    /** Returns how often a settled dependant reported another view than it had acknowledged. */
    long mismatches() {
        return mismatches;
    }
}

package dev.rollcall.registry.core;

import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What heartbeats prove about instances, as long as the registry trusts itself; and whether dependants have what they
 * acknowledged. Not thread-safe.
 */
final class HealthJudge {
    /** With so many instances somebody is heard several times a second; asking all of them at once would be a burst. */
    private static final int WITNESSES_MAX = 16;

    private static final Duration RECHECK_SPREAD = Duration.ofSeconds(1);

    private final Roll roll;
    private final ToIntFunction<ServiceName> announcedOf;
    private final SelfDoubt doubt = new SelfDoubt();
    private long mismatches;

    /**
     * Nothing is doubted.
     *
     * @param announcedOf how many of a service's instances are announced
     */
    HealthJudge(Roll roll, ToIntFunction<ServiceName> announcedOf) {
        this.roll = roll;
        this.announcedOf = announcedOf;
    }

    /** A heartbeat was asked for, and this is what it proves; says whether the instance's health is another one now. */
    boolean judge(Instance instance, ProbeVerdict probeVerdict, long now) {
        var evidence = probeVerdict.evidence();
        if (evidence == Evidence.ALIVE) {
            instance.lastResponse().set(roll.wallTime());
        } else {
            instance.lastResponse().failed(probeVerdict.reason());
        }
        if (evidence != Evidence.SILENT) {
            doubt.heard(now);
        }
        var service = instance.registration().name();
        if (evidence == Evidence.SILENT && instance.isAnnounced()) {
            doubt.silent(service, instance.url(), announcedOf.applyAsInt(service), isAlone(instance), now);
        } else {
            endSilence(instance);
        }
        var before = instance.health();
        var doubtsItself = doubt.isAbout(service, now) || doubt.isUnproven(service, instance.url());
        instance.liveness().apply(evidence, doubtsItself, now);
        return instance.health() != before;
    }

    /**
     * Those to be asked at once when an instance has fallen silent, since one of them must be heard before that proves
     * something. In a large system somebody is always heard.
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

    /** At rest, an instance must have what it acknowledged; if it says something else, it is sent all. */
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

    /** An instance's silence is no reason for doubt any more: it answered, leaves, or is gone for sure. */
    void endSilence(Instance instance) {
        var service = instance.registration().name();
        doubt.endSilence(service, instance.url(), announcedOf.applyAsInt(service));
    }

    /**
     * The registry was not running for a while: what was asked meanwhile proves nothing, and everybody is asked anew. The
     * time that was lost counts for nobody's being away.
     */
    void paused(long lostNanos, long now) {
        doubt.paused(now);
        for (var instance : roll.all()) {
            instance.forgetProbe();
            instance.liveness().paused(lostNanos, now, RECHECK_SPREAD);
        }
    }

    /** Why the registry suspects itself, for people; none if it doesn't. */
    List<String> healthReasons(long now) {
        return doubt.reasons(now);
    }

    /** How often a dependant at rest had something else than it had acknowledged. */
    long mismatches() {
        return mismatches;
    }
}

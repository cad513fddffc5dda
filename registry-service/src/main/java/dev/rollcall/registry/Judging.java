package dev.rollcall.registry;

import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What heartbeats prove about instances, as long as the registry trusts itself; and whether dependants have what they
 * acknowledged. Not thread-safe.
 */
final class Judging {
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
    Judging(Roll roll, ToIntFunction<ServiceName> announcedOf) {
        this.roll = roll;
        this.announcedOf = announcedOf;
    }

    /** A heartbeat was asked for, and this is what it proves; says whether the instance's health is another one now. */
    boolean judge(Instance instance, Evidence evidence, long now) {
        if (evidence == Evidence.ALIVE) {
            instance.lastAnswer().set(roll.wallTime());
        }
        var service = instance.registration().name();
        if (evidence == Evidence.SILENT && instance.health().isAnnounced()) {
            doubt.silent(service, instance.url(), announcedOf.applyAsInt(service), now);
        } else {
            settled(instance);
        }
        var before = instance.health();
        instance.liveness().answered(evidence, doubt.isAbout(service, now), now);
        return instance.health() != before;
    }

    /** At rest, an instance must have what it acknowledged; if it says something else, it is sent all. */
    void compareViews(Instance instance, String view, long now) {
        var mailbox = instance.mailbox()
                .filter(m -> m.isAtRest() && instance.registration().isExtended());
        if (mailbox.isPresent()
                && instance.acknowledgedWhenAsked() == mailbox.get().acknowledgedRevision()
                && !view.equals(roll.epoch() + ":" + mailbox.get().acknowledgedRevision())) {
            mismatches++;
            mailbox.get().resend(now);
        }
    }

    /** An instance's silence is no reason for doubt any more: it answered, leaves, or is gone for sure. */
    void settled(Instance instance) {
        var service = instance.registration().name();
        doubt.settled(service, instance.url(), announcedOf.applyAsInt(service));
    }

    /**
     * The registry was not running for a while: what was asked meanwhile proves nothing, and everybody is asked anew. The
     * time that was lost counts for nobody's being away.
     */
    void paused(long lostNanos, long now) {
        doubt.paused(now);
        for (var instance : roll.all()) {
            instance.forgetCheck();
            instance.liveness().paused(lostNanos, now, RECHECK_SPREAD);
        }
    }

    /** Why the registry suspects itself, for people; none if it doesn't. */
    List<String> doubts(long now) {
        return doubt.reasons(now);
    }

    /** How often a dependant at rest had something else than it had acknowledged. */
    long mismatches() {
        return mismatches;
    }
}

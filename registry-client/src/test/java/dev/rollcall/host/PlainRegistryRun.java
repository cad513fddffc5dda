package dev.rollcall.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A plain registry and its instances in simulated time, with steps of a tenth of a second. The registry appends every
 * registration, probes one entry after another with a pause between, or none, and forgets everything on a restart.
 */
final class PlainRegistryRun {
    private static final long STEP_NANOS = Duration.ofMillis(100).toNanos();

    private final SplittableRandom random;
    private final long pauseNanos;
    private final boolean isHonest;
    private final List<Member> members = new ArrayList<>();
    private final List<Member> roll = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private long now;
    private long nextProbeNanos;
    private int next;

    /**
     * Creates an empty registry.
     *
     * @param pause the pause between two probes; 0 for a registry that never probes
     * @param isHonest whether it reports an unknown instance when that one deregisters
     */
    PlainRegistryRun(long seed, int instances, Duration pause, boolean isHonest) {
        this.isHonest = isHonest;
        this.random = new SplittableRandom(seed);
        this.pauseNanos = pause.toNanos();
        this.now = random.nextLong();
        this.nextProbeNanos = now + pauseNanos;
        for (var i = 0; i < instances; i++) {
            // one after the other, some seconds apart, as people start them
            var start = now + random.nextLong(Duration.ofSeconds(30).toNanos());
            members.add(
                    new Member(i, start, new RegistrationSchedule(Duration.ofSeconds(3), new Random(seed + i), start)));
        }
    }

    /** Runs for a time; the registry restarts after pauses of one second up to twice the mean. */
    void run(Duration length, Duration meanBetweenRestarts) {
        var restart = nextRestart(meanBetweenRestarts);
        for (var end = now + length.toNanos(); now - end < 0; now += STEP_NANOS) {
            if (now - restart >= 0) {
                note("restart");
                roll.clear();
                next = 0;
                restart = nextRestart(meanBetweenRestarts);
            }
            step();
        }
    }

    /** Runs for a time without restarts of the registry. */
    void run(Duration length) {
        for (var end = now + length.toNanos(); now - end < 0; now += STEP_NANOS) {
            step();
        }
    }

    /** Returns how often each instance is listed. */
    List<Long> listings() {
        return members.stream()
                .map(member -> roll.stream().filter(member::equals).count())
                .toList();
    }

    /** Returns the total number of registrations. */
    int registrations() {
        return members.stream().mapToInt(member -> member.registrations).sum();
    }

    /** Returns the transcript. */
    String transcript() {
        return String.join("\n", transcript);
    }

    private long nextRestart(Duration mean) {
        return now + Duration.ofSeconds(1).toNanos() + random.nextLong(2 * mean.toNanos());
    }

    private void step() {
        for (var member : members) {
            if (now - member.start >= 0 && member.registrationSchedule.nanosUntilDue(now) == 0) {
                if (!roll.remove(member) && isHonest) {
                    member.registrationSchedule.wasForgotten(now);
                }
                roll.add(member);
                member.registrations++;
                member.registrationSchedule.registered(now, false);
                note("instance " + member.id + " registers");
            }
        }
        if (pauseNanos > 0 && !roll.isEmpty() && now - nextProbeNanos >= 0) {
            next = next < roll.size() ? next : 0;
            roll.get(next).registrationSchedule.heartbeatReceived(now, false);
            note("instance " + roll.get(next).id + " is probed");
            next++;
            nextProbeNanos = now + pauseNanos;
        }
    }

    private void note(String what) {
        if (transcript.size() < 500) {
            transcript.add(now + " " + what);
        }
    }

    private static final class Member {
        private final int id;
        private final long start;
        private final RegistrationSchedule registrationSchedule;
        private int registrations;

        private Member(int id, long start, RegistrationSchedule registrationSchedule) {
            this.id = id;
            this.start = start;
            this.registrationSchedule = registrationSchedule;
        }
    }
}

package dev.rollcall.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A plain registry and its instances in simulated time, a tenth of a second a step. The registry appends whoever
 * registers, probes one entry after another with a pause between, or nobody, and forgets everything when it restarts.
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
     * Begins empty.
     *
     * @param pause between two probes; 0 for a registry that never probes
     * @param isHonest whether it says so when an instance that it doesn't know leaves
     */
    PlainRegistryRun(long seed, int instances, Duration pause, boolean isHonest) {
        this.isHonest = isHonest;
        this.random = new SplittableRandom(seed);
        this.pauseNanos = pause.toNanos();
        this.now = random.nextLong();
        this.nextProbeNanos = now + pauseNanos;
        for (var i = 0; i < instances; i++) {
            // as people start them: one after the other, some seconds apart
            var start = now + random.nextLong(Duration.ofSeconds(30).toNanos());
            members.add(
                    new Member(i, start, new RegistrationSchedule(Duration.ofSeconds(3), new Random(seed + i), start)));
        }
    }

    /** Goes on for so long; the registry restarts after pauses of one second up to twice the mean. */
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

    /** Goes on for so long, and the registry doesn't restart. */
    void run(Duration length) {
        for (var end = now + length.toNanos(); now - end < 0; now += STEP_NANOS) {
            step();
        }
    }

    /** How often an instance is on the roll, one number for each. */
    List<Long> listings() {
        return members.stream()
                .map(member -> roll.stream().filter(member::equals).count())
                .toList();
    }

    /** How often all of them registered. */
    int registrations() {
        return members.stream().mapToInt(member -> member.registrations).sum();
    }

    /** How long the instance that knows it last takes to register, if none is heard any more. */
    Duration longestWait() {
        return Duration.ofNanos(members.stream()
                .mapToLong(member -> member.registrationSchedule.nanosUntilDue(now))
                .max()
                .orElse(0));
    }

    /** What happened. */
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
            roll.get(next).registrationSchedule.heard(now, false);
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

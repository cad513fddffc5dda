package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Suite;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * kill -9 of the grading service while teachers give grades: each acknowledged grade is stored once, with its entry.
 */
final class GradebookKilledIT {
    private static final int KILLS = Integer.getInteger("gradebook.kills", 4);
    private static final int ANSWERS_MAX = 300;
    private static final int AFTER_ANSWER_MICROS_MAX = 3_000;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenTeachersAtWork_whenTheServiceIsKilledAgainAndAgain_thenNoAnsweredGradeIsLostOrDoubled() throws Exception {
        var seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var writers = new GradeWriters();
        var grading = suite.start(Program.GRADING);
        grading.url();

        for (var kill = 1; kill <= KILLS; kill++) {
            var running = writers.begin(grading.url());
            assertThat(writers.awaitAnswers(1 + random.nextInt(ANSWERS_MAX)))
                    .as("answers in time, seed %d", seed)
                    .isTrue();
            pauseMicros(random.nextInt(AFTER_ANSWER_MICROS_MAX));
            grading.kill();
            assertThat(running.stop()).isTrue();
            grading = suite.startAgain(grading);
            var stored = StoredGrades.of(grading.url());
            assertThat(stored).as("after kill %d, seed %d", kill, seed).containsAllEntriesOf(writers.answered());
            writers.askAgain(grading.url());
        }

        assertThat(writers.refusals()).isEmpty();
        assertThat(writers.unanswered()).isEmpty();
        assertThat(StoredGrades.of(grading.url())).as("seed %d", seed).isEqualTo(writers.answered());
        System.out.printf("%d kills, %d grades%n", KILLS, writers.answered().size());
    }

    /** Waits for a random time; the latch is never counted down. */
    private static void pauseMicros(int micros) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS)).isFalse();
    }
}

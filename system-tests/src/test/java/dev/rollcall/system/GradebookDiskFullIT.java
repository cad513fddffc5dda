package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The disk is full while teachers give grades. */
final class GradebookDiskFullIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenFilesThatCannotGrow_whenGradesAreGiven_thenRefusedWholeAndTakenAgainWhenTheyCan() throws Exception {
        assumeThat(Files.isExecutable(PRLIMIT)).as("Linux, with util-linux").isTrue();
        var writers = new GradeWriters();
        var grading = suite.start(Program.GRADING);
        var url = grading.url();
        var running = writers.begin(url);
        assertThat(writers.awaitAnswers(50)).isTrue();

        limitFiles(grading, "300000");
        Await.atMost(LIMIT, () -> assertThat(writers.refusals()).isNotEmpty());
        Await.atMost(
                LIMIT, () -> assertThat(Http.get(url + "/health").body()).contains("the database takes no writes"));
        assertThat(Http.get(url + "/students").status()).isEqualTo(200);
        limitFiles(grading, "unlimited");

        assertThat(writers.awaitAnswers(50)).as("goes on").isTrue();
        assertThat(running.stop()).isTrue();
        assertThat(writers.refusals().keySet()).isSubsetOf(503, 507);
        assertThat(Http.get(url + "/health").body()).doesNotContain("the database takes no writes");
        assertThat(StoredGrades.of(url)).isEqualTo(writers.answered());
        grading.kill();
        assertThat(StoredGrades.of(suite.startAgain(grading).url())).isEqualTo(writers.answered());
    }

    /** Limits the size of its files in bytes: writes beyond it fail as on a full disk. */
    private static void limitFiles(Service service, String bytes) throws Exception {
        var process = new ProcessBuilder(
                        PRLIMIT.toString(), "--pid", Long.toString(service.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}

package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Launch;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A grading service's start: with samples once, alone on its file, without a temporary directory to run code from. */
final class GradebookStartIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SAMPLES = ", with the five sample students";

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @TempDir
    Path directory;

    @Test
    void givenNewGradebook_whenStartedTwice_thenTheSamplesAreGivenAndSaidOnce() throws Exception {
        var first = suite.start(Program.GRADING);
        first.url();
        assertThat(first.output().lines()).anyMatch(line -> line.endsWith(SAMPLES));
        first.kill();

        var second = suite.startAgain(first);

        assertThat(Http.get(second.url() + "/students").json()).hasSize(5);
        assertThat(second.output().lines()).noneMatch(line -> line.endsWith(SAMPLES));
    }

    @Test
    void givenNoSamples_whenStarted_thenThereIsNobody() throws Exception {
        var grading = suite.start(Program.GRADING, "--no-samples");

        assertThat(Http.get(grading.url() + "/students").body()).isEqualTo("[]");
    }

    @Test
    void givenRunningService_whenAnotherIsStartedOnItsFile_thenItSaysSoInOneLineAndEnds() throws Exception {
        var data = directory.toString();
        var first = suite.start(Program.GRADING, "--data", data);
        first.url();

        var second = suite.start(Program.GRADING, "--data", data);

        assertThat(second.awaitExit(LIMIT)).isEqualTo(1);
        assertThat(second.errors().lines()).singleElement().asString().contains(data, "in use by another process");
        assertThat(Http.get(first.url() + "/students").json()).hasSize(5);
    }

    @Test
    void givenServerThatIsNotThere_whenStarted_thenItSaysSoInOneLineAndEnds() throws Exception {
        var grading = suite.start(
                Program.GRADING, "--database", "jdbc:postgresql://127.0.0.1:1/grades?user=me&password=secret");

        assertThat(grading.awaitExit(LIMIT)).isEqualTo(1);
        assertThat(grading.errors().lines())
                .filteredOn(line -> line.startsWith("grading-service: "))
                .singleElement()
                .asString()
                .contains("jdbc:postgresql://127.0.0.1:1/grades")
                .doesNotContain("secret");
    }

    @Test
    void givenTemporaryDirectoryThatCannotBeUsed_whenStarted_thenItDoesNotMatter() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        var launch = Launch.quick(Program.GRADING).withEnvironment("TMPDIR", file.toString());

        try (var grading = start(launch, "-Djava.io.tmpdir=" + file)) {
            assertThat(Http.get(grading.url() + "/students").json()).hasSize(5);
        }
    }

    private Service start(Launch launch, String jvmFlag) {
        return suite.start(
                new Launch(launch.program(), List.of(jvmFlag), launch.arguments(), launch.environment(), false));
    }
}

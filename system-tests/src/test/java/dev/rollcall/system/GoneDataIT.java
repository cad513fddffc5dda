package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Reply;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Data directories are moved away, replaced and deleted under running services. */
final class GoneDataIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final AtomicInteger count = new AtomicInteger();

    @Test
    void givenTheRegistry_whenItsDirectoryGoes_thenNothingIsPromisedUntilItIsBackOrRestarted() throws Exception {
        loseAndRestart(suite.startRegistry(), "roll.journal", url -> {
            var registration = "{\"ServiceName\":\"S%1$d\",\"ServiceURL\":\"http://localhost:9/%1$d\"}";
            return Http.post(url + "/services", "application/json", registration.formatted(count.incrementAndGet()));
        });
    }

    @Test
    void givenTheLogService_whenItsDirectoryGoes_thenNothingIsPromisedUntilItIsBackOrRestarted() throws Exception {
        loseAndRestart(
                suite.start(Program.LOG),
                "log-000000000001.ndjson",
                url -> Http.post(url + "/log", "text/plain", "record " + count.incrementAndGet()));
    }

    @Test
    void givenTheGradingService_whenItsDirectoryGoes_thenNothingIsPromisedUntilItIsBackOrRestarted() throws Exception {
        loseAndRestart(
                suite.start(Program.GRADING),
                "grades.sqlite",
                url -> Http.post(
                        url + "/students",
                        "application/json",
                        "{\"ID\":0,\"FirstName\":\"A\",\"LastName\":\"B%d\"}".formatted(count.incrementAndGet())));
    }

    @Test
    void givenASpillThatIsGone_whenALogServiceComes_thenWhatWasLoggedSinceIsStoredAndTheRestCounted() throws Exception {
        suite.startRegistry();
        var grading = suite.start(Program.GRADING);
        addGrade(grading, "before");
        var spill = data(grading).resolve("spill");
        Await.atMost(LIMIT, () -> assertThat(health(grading)).contains("there is no LogService"));

        delete(spill);
        Await.atMost(LIMIT, () -> assertThat(health(grading)).contains("the disk takes no log records: " + spill));
        addGrade(grading, "since");
        var log = suite.start(Program.LOG);

        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(log.url() + "/log?contains=since").body())
                        .contains("added grade since"));
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(grading.url() + "/metrics").body())
                        .containsPattern("(?m)^rollcall_log_records_dropped_total [1-9]"));
    }

    private void loseAndRestart(Service service, String file, Write write) throws Exception {
        var url = service.url();
        var data = data(service);
        var away = data.resolveSibling(data.getFileName() + "-away");
        assertThat(write.to(url).status()).isBetween(200, 201);

        // moved away, and back
        Files.move(data, away);
        assertGone(service, write);
        Files.move(away, data);
        assertBack(service, write);

        // replaced by an empty one
        Files.move(data, away);
        Files.createDirectory(data);
        assertGone(service, write);
        assertThat(data).isEmptyDirectory();
        Files.delete(data);
        Files.move(away, data);
        assertBack(service, write);

        // the file only
        Files.move(data.resolve(file), data.resolve("away"));
        assertGone(service, write);
        Files.move(data.resolve("away"), data.resolve(file));
        assertBack(service, write);

        delete(data);
        assertGone(service, write);
        assertThat(
                        service.output().lines().stream()
                                .filter(
                                        line -> line.matches(
                                                ".* ERROR (the journal can't be|the database takes no|records can't be) .*put it back.*")))
                .as("one line each time")
                .hasSize(4);

        service.kill();
        var again = suite.startAgain(service);
        assertThat(write.to(again.url()).status()).isBetween(200, 201);
        assertThat(data.resolve(file)).exists();
    }

    private static void assertGone(Service service, Write write) throws Exception {
        var url = service.url();
        Await.atMost(LIMIT, () -> assertThat(health(service)).contains("degraded", data(service) + "/", "put it back"));
        Await.atMost(LIMIT, () -> assertThat(write.to(url).status()).isEqualTo(503));
        assertThat(write.to(url).header("Content-Type")).hasValue("application/problem+json");
    }

    private static void assertBack(Service service, Write write) throws Exception {
        var url = service.url();
        Await.atMost(LIMIT, () -> assertThat(health(service)).doesNotContain("put it back"));
        Await.atMost(LIMIT, () -> assertThat(write.to(url).status()).isBetween(200, 201));
    }

    private static void addGrade(Service grading, String title) throws Exception {
        var grade = "{\"Title\":\"%s\",\"Type\":\"Test\",\"Score\":1}".formatted(title);
        assertThat(Http.post(grading.url() + "/students/1/grades", "application/json", grade)
                        .status())
                .isEqualTo(201);
    }

    private static String health(Service service) throws IOException, InterruptedException {
        return Http.get(service.url() + "/health").body();
    }

    private static Path data(Service service) {
        return Path.of(service.launch().argument("--data"));
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        Reply to(String url) throws IOException, InterruptedException;
    }
}

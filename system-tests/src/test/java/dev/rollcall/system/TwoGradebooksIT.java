package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Suite;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two grading services on one PostgreSQL. */
final class TwoGradebooksIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Leaves room for the writers on one core. */
    private static final Duration GAP = Duration.ofMillis(5);

    private static final int REQUESTS = 150;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final AtomicInteger titles = new AtomicInteger();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @Test
    void givenLoadThroughThePortal_whenOneOfThemIsKilled_thenNoPageFailsAndNoGradeIsLost() throws Exception {
        var postgres = suite.closesAtTheEnd(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setPGStartupWait(LIMIT)
                .start());
        var database = postgres.getJdbcUrl("postgres", "postgres");
        suite.startRegistry();
        var first = suite.start(Program.GRADING, "--database", database);
        first.url();
        var second = suite.start(Program.GRADING, "--database", database);
        second.url();
        suite.start(Program.LOG);
        var portal = suite.start(Program.PORTAL).url();
        Await.atMost(LIMIT, () -> {
            assertThat(Roll.of(suite.registryUrl()).entries())
                    .hasSize(4)
                    .allSatisfy(entry -> assertThat(entry.health()).isEqualTo("passing"));
            assertThat(Http.get(portal + "/").body()).contains(first.url(), second.url());
        });

        try (var pages = Load.of(GAP, List.of(() -> page(portal), () -> page(portal)));
                var grades = Load.of(Duration.ZERO, List.of(() -> grade(portal), () -> grade(portal)))) {
            pages.awaitRequests(REQUESTS);
            grades.awaitRequests(REQUESTS);
            first.kill();
            pages.awaitRequests(REQUESTS);
            grades.awaitRequests(REQUESTS);

            assertThat(pages.failures()).isEmpty();
            System.out.printf("%d pages, %d grades%n", pages.requests(), answered.size());
            assertThat(grades.failures()).isEmpty();
        }

        var student = Http.get(second.url() + "/students/2").json();
        assertThat(student.get("Grades"))
                .extracting(grade -> grade.get("Title").textValue())
                .containsAll(answered)
                .doesNotHaveDuplicates();
    }

    private static void page(String portal) throws Exception {
        var reply = Http.get(portal + "/students");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains("Averill").doesNotContain("This page shows the last known data");
    }

    private void grade(String portal) throws Exception {
        var title = "K" + titles.incrementAndGet();
        var reply = Http.post(
                portal + "/students/2/grades",
                "application/x-www-form-urlencoded",
                "Title=" + title + "&Type=Test&Score=50");
        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        answered.add(title);
    }
}

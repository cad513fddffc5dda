package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.StudentsPage;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SecondInstanceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int READERS = 4;
    private static final int PAGES = 250;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenTwoGradingServicesUnderLoad_whenTheFirstIsKilled_thenNotOnePageFails() throws Exception {
        suite.startRegistry();
        var first = suite.start(Program.GRADING);
        var second = suite.start(Program.GRADING);
        suite.start(Program.LOG);
        var portal = suite.start(Program.PORTAL).url();
        Await.atMost(LIMIT, () -> {
            assertThat(Roll.of(suite.registryUrl()).entries())
                    .hasSize(4)
                    .allSatisfy(entry -> assertThat(entry.health()).isEqualTo("passing"));
            assertThat(Http.get(portal + "/").body()).contains(first.url(), second.url());
        });

        var readers = Collections.nCopies(READERS, (Load.Request) () -> {
            assertThat(StudentsPage.status(portal)).isEqualTo(200);
        });
        try (var load = Load.of(Duration.ZERO, readers)) {
            load.awaitRequests(PAGES);
            assertThat(answers(first.url())).isPositive();
            assertThat(answers(second.url())).isPositive();
            first.kill();
            load.awaitRequests(PAGES);
            Await.atMost(
                    LIMIT,
                    () -> assertThat(Roll.of(suite.registryUrl()).health(first.url()))
                            .contains("evicted"));
            load.awaitRequests(PAGES);

            System.out.printf("%d pages, the first of two grading services killed under way%n", load.requests());
            assertThat(load.failures()).isEmpty();
        }
    }

    /** Returns how many requests for students an instance has answered; its heartbeats are few. */
    private static long answers(String url) throws IOException, InterruptedException {
        return Http.get(url + "/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.matches("rollcall_requests_total\\{status=\"(200|304)\"}.*"))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                - 20;
    }
}

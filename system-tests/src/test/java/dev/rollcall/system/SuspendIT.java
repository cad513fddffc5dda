package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.StudentsPage;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All four processes are suspended, as on a laptop whose lid is closed, and resumed. {@code -Drollcall.suspend=300}
 * sets the seconds; 20 exceed every limit between the four.
 */
final class SuspendIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SECONDS = Long.getLong("rollcall.suspend", 20);
    /** The registrations that may follow: each of the three once or twice. */
    private static final int REGISTRATIONS_MAX = 6;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenAllFour_whenTheyStandStillAndGoOn_thenTheRollIsWholeAndStays() throws Exception {
        var registry = suite.startRegistry();
        registry.url();
        var services = List.of(suite.start(Program.LOG), suite.start(Program.GRADING), suite.start(Program.PORTAL));
        var portal = services.get(2);
        Await.atMost(LIMIT, this::assertWhole);
        Await.atMost(LIMIT, () -> assertThat(StudentsPage.status(portal.url())).isEqualTo(200));
        var before = registrations();

        for (var service : services) {
            service.freeze();
        }
        registry.freeze();
        standStill();
        registry.thaw();
        for (var service : services) {
            service.thaw();
        }

        Await.atMost(LIMIT, this::assertWhole);
        Await.atMost(LIMIT, () -> assertThat(StudentsPage.status(portal.url())).isEqualTo(200));
        assertThat(services).allMatch(Service::isAlive);
        assertThat(registrations() - before).isLessThanOrEqualTo(REGISTRATIONS_MAX);
    }

    private void assertWhole() throws IOException, InterruptedException {
        var entries = Roll.of(suite.registryUrl()).entries();
        assertThat(entries)
                .extracting(Roll.Entry::name)
                .containsExactlyInAnyOrder("LogService", "GradingService", "PortalService");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.health()).isEqualTo("passing");
            assertThat(entry.missing()).isZero();
        });
    }

    /** Returns the number of registrations by the registry's own metrics. */
    private int registrations() throws IOException, InterruptedException {
        var count = 0;
        for (var event : Http.get(suite.registryUrl() + "/events?limit=1000").json()) {
            count += event.toString().contains("registered") ? 1 : 0;
        }
        return count;
    }

    private static void standStill() throws InterruptedException {
        // the latch is never counted down
        var never = new CountDownLatch(1);
        assertThat(never.await(SECONDS, TimeUnit.SECONDS)).isFalse();
    }
}

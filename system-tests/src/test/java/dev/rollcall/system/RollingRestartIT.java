package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import dev.rollcall.wire.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The instances of a service are replaced one after the other under constant load. */
final class RollingRestartIT {
    private static final int ROUNDS = Integer.getInteger("restarts", 3);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GAP = Duration.ofMillis(4);
    private static final int REQUESTS_BETWEEN = 100;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenTwoInstancesUnderLoad_whenOneAfterTheOtherIsRestarted_thenNotOneRequestFails() throws Exception {
        suite.startRegistry().url();
        suite.start(Program.LOG);
        var first = suite.start(Program.GRADING);
        var second = suite.start(Program.GRADING);
        var portal = suite.start(Program.PORTAL).url();
        var client = suite.closesAtTheEnd(LibraryInstance.registered(suite.registryUrl(), "Client", "GradingService"));
        var caller = client.caller();
        Await.atMost(LIMIT, () -> {
            assertThat(Roll.of(suite.registryUrl()).entries())
                    .hasSize(5)
                    .allSatisfy(entry -> assertThat(entry.health()).isEqualTo("passing"));
            assertThat(client.providers().of(ServiceName.GRADING)).hasSize(2);
            assertThat(Http.get(portal + "/").body()).contains(first.url(), second.url());
        });

        List<Load.Request> requests = List.of(
                () -> expect(200, Http.get(portal + "/students/1").status()),
                () -> expect(
                        303,
                        Http.post(portal + "/students/2/grades", FORM, "Title=T&Type=Test&Score=1")
                                .status()),
                () -> expect(
                        200,
                        caller.call(ServiceName.GRADING, ClientRequest.get("/students/1"))
                                .status()),
                () -> expect(
                        201,
                        caller.call(ServiceName.GRADING, post("/students/3/grades"))
                                .status()));
        try (var load = Load.of(GAP, requests)) {
            load.awaitRequests(REQUESTS_BETWEEN);
            var one = first;
            var other = second;
            for (var i = 0; i < ROUNDS; i++) {
                one = restarted(one, i % 2 == 0);
                load.awaitRequests(REQUESTS_BETWEEN);
                other = restarted(other, i % 2 == 1);
                load.awaitRequests(REQUESTS_BETWEEN);
            }

            System.out.printf("%d requests, %d restarts%n", load.requests(), 2 * ROUNDS);
            assertThat(load.failures()).isEmpty();
        }
    }

    /** Stops an instance by Enter or SIGTERM and starts its successor; returns once that is passing. */
    private Service restarted(Service service, boolean isByEnter) throws Exception {
        if (isByEnter) {
            service.pressEnter();
        } else {
            service.terminate();
        }
        assertThat(service.awaitExit(LIMIT)).isZero();
        var next = suite.startAgain(service);
        Await.atMost(
                LIMIT,
                () -> assertThat(Roll.of(suite.registryUrl()).health(next.url()))
                        .contains("passing"));
        return next;
    }

    private static ClientRequest post(String path) {
        return ClientRequest.post(path, "application/json", GRADE.getBytes(StandardCharsets.UTF_8));
    }

    private static void expect(int wanted, int status) {
        assertThat(status).isEqualTo(wanted);
    }
}

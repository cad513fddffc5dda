package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Launch;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.RawConnection;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StopIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String GRADE = "{\"Title\":\"slow\",\"Type\":\"Test\",\"Score\":1}";

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    /** The ways to stop a service. */
    enum Way {
        ENTER(Service::pressEnter),
        SIGTERM(Service::terminate),
        SIGINT(Service::interrupt);

        private final Step step;

        Way(Step step) {
            this.step = step;
        }

        void askToStop(Service service) throws IOException, InterruptedException {
            step.on(service);
        }

        private interface Step {
            void on(Service service) throws IOException, InterruptedException;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenFourServices_whenEachIsAskedToStop_thenItLeavesTheRollFreesItsPortAndEndsWith0(Way way) throws Exception {
        // one of the ways starts them as people do: warnings of a JDK about the code would show on stderr
        Function<Program, Launch> launch = way == Way.ENTER ? Launch::plain : Launch::quick;
        var registry = suite.start(launch.apply(Program.REGISTRY).with("--port", port(suite.registryUrl())));
        var others = new ArrayList<Service>();
        for (var program : List.of(Program.PORTAL, Program.GRADING, Program.LOG)) {
            others.add(suite.start(launch.apply(program)));
        }
        Await.atMost(
                LIMIT,
                () -> assertThat(Roll.of(suite.registryUrl()).entries())
                        .hasSize(3)
                        .allSatisfy(entry -> assertThat(entry.health()).isEqualTo("passing")));
        assertThat(Http.post(others.get(1).url() + "/students/1/grades", "application/json", GRADE)
                        .status())
                .isEqualTo(201);
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(others.get(0).url() + "/students").status())
                        .isEqualTo(200));

        for (var service : others) {
            way.askToStop(service);
            assertEnded(service);
            assertThat(Roll.of(suite.registryUrl()).urls()).doesNotContain(service.url());
        }
        way.askToStop(registry);
        assertEnded(registry);

        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid))
                .doesNotContain(registry.pid())
                .doesNotContainAnyElementsOf(others.stream().map(Service::pid).toList());
    }

    @Test
    void givenServices_whenStandardInputEndsOrNeverWas_thenTheyGoOn() throws Exception {
        suite.startRegistry();
        var closed = suite.start(Program.GRADING);
        var without = suite.start(Launch.quick(Program.LOG).withoutInput());
        closed.url();
        without.url();

        closed.closeInput();

        assertThat(closed.endsWithin(Duration.ofSeconds(1))).isFalse();
        assertThat(without.isAlive()).isTrue();
        assertThat(Http.get(closed.url() + "/heartbeat").status()).isEqualTo(200);
        assertThat(Http.get(without.url() + "/heartbeat").status()).isEqualTo(200);
        closed.terminate();
        assertEnded(closed);
        without.terminate();
        assertEnded(without);
    }

    @Test
    void givenRequestInFlight_whenStopped_thenItIsAnsweredAndNewOnesAreRefused() throws Exception {
        suite.startRegistry();
        var grading = suite.start(Program.GRADING);
        Await.atMost(
                LIMIT, () -> assertThat(Roll.of(suite.registryUrl()).urls()).containsExactly(grading.url()));

        try (var slow = halfSent(grading)) {
            grading.pressEnter();
            awaitRefusal(grading);
            assertThat(Roll.of(suite.registryUrl()).urls()).isEmpty();
            assertThat(grading.isAlive()).isTrue();
            slow.send(secondHalf());
            var answer = slow.answer();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().get("Title").asText()).isEqualTo("slow");
        }
        assertEnded(grading);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ENTER", "SIGTERM"})
    void givenDrain_whenAskedToStopOnceMore_thenItEndsEarly(Way way) throws Exception {
        suite.startRegistry();
        var grading = suite.start(Program.GRADING, "--drain", "5m");

        try (var slow = halfSent(grading)) {
            grading.pressEnter();
            awaitRefusal(grading);
            way.askToStop(grading);

            assertThat(grading.awaitExit(SOON)).isZero();
            assertThatThrownBy(slow::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givenRequestThatNeverEnds_whenStopped_thenTheDrainIsBounded() throws Exception {
        suite.startRegistry();
        var grading = suite.start(Program.GRADING, "--drain", "300ms");

        try (var slow = halfSent(grading)) {
            grading.pressEnter();

            assertThat(grading.awaitExit(SOON)).isZero();
            assertThatThrownBy(slow::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givenNoRegistry_whenStopped_thenItEndsAllTheSame() throws Exception {
        var services = List.of(suite.start(Program.GRADING), suite.start(Program.PORTAL), suite.start(Program.LOG));
        for (var service : services) {
            service.output().await("about the registry", line -> line.contains("not registered yet"), LIMIT);
        }

        for (var service : services) {
            service.pressEnter();
        }

        for (var service : services) {
            assertEnded(service);
        }
    }

    private static void assertEnded(Service service) throws InterruptedException {
        assertThat(service.awaitExit(LIMIT)).as(service.toString()).isZero();
        assertThat(service.errors().lines()).as("standard error").isEmpty();
        assertThat(Ports.isFree(service.port())).as("port free").isTrue();
    }

    /** A post of which half the body is sent, and which the service has begun to read. */
    private static RawConnection halfSent(Service grading) throws IOException, InterruptedException {
        var connection = RawConnection.to(grading.port());
        connection.send("POST /students/1/grades HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + GRADE.length()
                + "\r\n\r\n" + GRADE.substring(0, GRADE.length() / 2));
        Await.atMost(
                LIMIT,
                () -> assertThat(Http.get(grading.url() + "/metrics").body())
                        .contains("rollcall_requests_in_flight 2"));
        return connection;
    }

    private static String secondHalf() {
        return GRADE.substring(GRADE.length() / 2);
    }

    /** Waits until new requests get 503 or no connection; at first the instance leaves the roll and still responds. */
    private static void awaitRefusal(Service service) throws InterruptedException {
        Await.atMost(LIMIT, () -> {
            try (var connection = RawConnection.to(service.port())) {
                connection.send("GET /students HTTP/1.1\r\nHost: localhost\r\n\r\n");
                var answer = connection.answer();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Connection")).contains("close");
            } catch (ConnectException e) {
                // refused
            }
        });
    }

    private static String port(String url) {
        return url.substring(url.lastIndexOf(':') + 1);
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.shipping.LastWords.End;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications in one JVM, each with its own class loader and so its own Logback and registry-client. */
@Timeout(300)
final class WebApplicationsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LAST_LINES = 20;

    @TempDir
    private Path directory;

    @Test
    void givenTwoWithOneSpill_whenAnotherProcessShipsToo_thenEachLineIsStoredOnce() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            var configuration = configuration(service.url());
            try (var a = WebApplication.start("a", configuration);
                    var b = WebApplication.start("b", configuration)) {
                var talkers = List.of(new Talker(a), new Talker(b));

                LastWords.run(End.EXITS, configuration);
                LastWords.run(End.EXITS, configuration);

                var expected = new ArrayList<String>(talkers.get(0).end("a"));
                expected.addAll(talkers.get(1).end("b"));
                var others = 2 * (1 + LastWords.LINES);
                var stored = service.awaitMessages(messages -> messages.size() >= expected.size() + others);
                assertThat(stored)
                        .hasSize(expected.size() + others)
                        .containsAll(expected)
                        .filteredOn(expected::contains)
                        .doesNotHaveDuplicates();
                stop(a);
                stop(b);
            }
        }
    }

    @Test
    void givenOneIsRedeployed_whenItLogsAllTheTime_thenNothingIsLostAndNothingOfItStays() throws Exception {
        var deployed = new ArrayList<WebApplication>();
        var expected = new ArrayList<String>();
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            var configuration = configuration(service.url());
            for (var i = 0; i < 3; i++) {
                var application = WebApplication.start("r" + i, configuration);
                deployed.add(application);
                var talker = new Talker(application);
                var enough = service.messages().size() + 50;
                service.awaitMessages(messages -> messages.size() > enough);
                var last = talker.logged();
                application.stopLogback();
                var first = talker.logged() + 1;
                var lines = talker.end("r" + i);
                // Logback itself drops a line while it detaches the appenders
                expected.addAll(lines.subList(0, last));
                expected.addAll(lines.subList(first, lines.size()));
                application.close();
            }

            assertEnded(deployed);
            assertThat(service.messages()).containsAll(expected).doesNotHaveDuplicates();
            // a thread that it left behind
            assertThatCode(() -> deployed.get(0).log(-1)).doesNotThrowAnyException();
            assertEnded(deployed);
            assertThat(isClaimed()).isFalse();
        }
    }

    @Test
    void givenNoLogService_whenOneIsRedeployed_thenItEndsAndTheNextShipsWhatItLeft() throws Exception {
        int port;
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            port = service.port();
        }
        var configuration = configuration(HttpUrl.of("http://127.0.0.1:" + port));
        var first = WebApplication.start("first", configuration);
        first.log(1);
        first.stopLogback();
        first.log(2);
        first.close();
        assertEnded(List.of(first));
        assertThat(isClaimed()).isFalse();

        try (var service = FakeLogService.onPort(port, Role.EXTENDED);
                var second = WebApplication.start("second", configuration)) {
            second.log(1);

            var stored = service.awaitMessages(messages -> messages.size() == 3);
            assertThat(stored).containsExactly("first 1", "first 2", "second 1");
            stop(second);
        }
    }

    private void assertEnded(List<WebApplication> deployed) throws InterruptedException {
        for (var each : deployed) {
            Eventually.holds("no thread ships", LIMIT, () -> each.threads() == 0);
        }
    }

    /** Returns the claims, from the properties that all class loaders share. */
    private boolean isClaimed() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("rollcall-claim "))
                .anyMatch(name -> System.getProperty(name).startsWith(directory.toString()));
    }

    private void stop(WebApplication application) throws Exception {
        application.stopLogback();
        application.close();
        assertEnded(List.of(application));
    }

    private Path configuration(HttpUrl url) throws IOException {
        return Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="rollcall" class="dev.rollcall.shipping.LogServiceAppender">
                    <url>%s</url>
                    <service>Billing</service>
                    <spill>%s</spill>
                    <flush>60 seconds</flush>
                  </appender>
                  <root level="INFO"><appender-ref ref="rollcall"/></root>
                </configuration>
                """.formatted(url, directory.resolve("spill")));
    }

    /** Logs continuously. */
    private static final class Talker {
        private final WebApplication application;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Thread thread = new Thread(this::talk);
        private volatile int count;

        Talker(WebApplication application) {
            this.application = application;
            thread.start();
        }

        private void talk() {
            while (!isOver.get()) {
                log();
                LockSupport.parkNanos(1_000_000);
            }
        }

        private void log() {
            var number = count + 1;
            application.log(number);
            count = number;
        }

        /** The number of log calls that have returned. */
        int logged() {
            return count;
        }

        /** Logs a few last lines. Returns all lines logged. */
        List<String> end(String name) throws InterruptedException {
            isOver.set(true);
            thread.join();
            IntStream.range(0, LAST_LINES).forEach(i -> log());
            return IntStream.rangeClosed(1, count).mapToObj(i -> name + " " + i).toList();
        }
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.status.Status;
import dev.rollcall.disk.FrameScanner;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.ServerLimits;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.Fault;
import dev.rollcall.testkit.FaultyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class LogServiceAppenderTest {
    @TempDir
    private Path spill;

    private final LoggerContext context = Samples.context();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void givenAFewLinesOfConfiguration_whenLogged_thenItIsShipped() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            configure(
                    "<url>%s</url><service>Billing</service><instance>b1</instance><spill>%s</spill><flush>1 seconds</flush>"
                            .formatted(service.url(), spill));

            context.getLogger("a").info("one");
            context.getLogger("a").info("two");

            service.awaitMessages(m -> m.size() == 2);
            var record = service.posts().get(1).records().get(0);
            assertThat(record.service()).isEqualTo("Billing");
            assertThat(record.instance()).isEqualTo("b1");
            assertThat(record.message()).isEqualTo("two");
        }
    }

    @Test
    void givenAllSettings_whenConfigured_thenTheyAreUnderstood() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            configure("<url>%s</url><service>Billing</service><spill>%s</spill>".formatted(service.url(), spill)
                    + "<spillMax>1MB</spillMax><bufferMax>1MB</bufferMax><drop>below-warn</drop>"
                    + "<caller>true</caller><flush>1 seconds</flush>");

            context.getLogger("a").info("one");
            context.getLogger("a").info("two");

            service.awaitMessages(m -> m.size() == 2);
            assertThat(service.posts().get(1).records().get(0).keys().get("caller"))
                    .contains("LogServiceAppenderTest.java");
            assertThat(errors()).isZero();
        }
    }

    @Test
    void givenARegistry_whenItKnowsTheLogService_thenRecordsAreShippedThere() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var registry = HttpHost.bind(new InetSocketAddress("127.0.0.1", 0), ServerLimits.DEFAULT)) {
            var list = "[{\"ServiceName\":\"LogService\",\"ServiceURL\":\"" + service.url() + "\"}]";
            registry.start(Routes.NONE.get(
                    "/services/LogService",
                    request -> Response.bytes(200, "application/json", list.getBytes(StandardCharsets.UTF_8))));
            configure(
                    "<registry>http://127.0.0.1:1,http://127.0.0.1:%d</registry><service>Billing</service><flush>1 seconds</flush>"
                            .formatted(registry.port()));

            context.getLogger("a").info("one");

            assertThat(service.awaitMessages(m -> m.size() == 1)).containsExactly("one");
        }
    }

    static Stream<Fault> hangs() {
        return Stream.of(new Fault.Stall(), new Fault.Answer(200, "[").with("Content-Length", "100"));
    }

    /** One server that sends nothing, and one whose response begins and never ends. */
    @ParameterizedTest
    @MethodSource("hangs")
    void givenTwoRegistriesOfWhichTheFirstHangs_whenLogged_thenTheSecondIsAskedInTime(Fault hang) throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var hanging = FaultyServer.playing(hang);
                var registry = HttpHost.onFreePort(Routes.NONE.get(
                        "/services/LogService", request -> Response.bytes(200, "application/json", listOf(service))))) {
            configure("<registry>%s,http://127.0.0.1:%d</registry><service>Billing</service>"
                            .formatted(hanging.url(), registry.port())
                    + "<flush>1 seconds</flush>");

            context.getLogger("a").info("one");

            assertThat(service.awaitMessages(m -> m.size() == 1)).containsExactly("one");
        }
    }

    private static byte[] listOf(FakeLogService service) {
        return ("[{\"ServiceName\":\"LogService\",\"ServiceURL\":\"" + service.url() + "\"}]")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givenTheContextStops_whenRecordsAreLeft_thenTheyAreOnDisk() throws Exception {
        configure(
                "<url>http://127.0.0.1:1</url><service>Billing</service><spill>%s</spill><flush>1 milliseconds</flush>"
                        .formatted(spill));
        context.getLogger("a").info("one");

        context.stop();

        try (var runs = Files.list(spill)) {
            assertThat(runs).hasSize(1);
        }
    }

    @Test
    void givenALogServiceThatDoesNotAnswer_whenTheContextStops_thenItDoesNotWaitAndTakesWhatIsLoggedLater()
            throws Exception {
        try (var service = FakeLogService.playing(Role.answering(Response.later(new CompletableFuture<>())))) {
            configure("<url>%s</url><service>Billing</service><spill>%s</spill><flush>30 seconds</flush>"
                    .formatted(service.url(), spill));
            context.getLogger("a").info("one");
            var before = System.nanoTime();

            context.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            context.getLogger("a").info("two");
            context.getLogger("a").trace("not wanted");
            assertThat(spilled()).containsExactly("one", "two");
        }
    }

    @Test
    void givenLinesAllTheTime_whenTheConfigurationIsReplaced_thenNothingIsLostThatLogbackHandedOver() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            var settings = "<url>%s</url><service>Billing</service><spill>%s</spill>".formatted(service.url(), spill);
            configure(settings);
            var handedOver = new ArrayList<ListAppender<ILoggingEvent>>(List.of(beside()));
            var isOver = new AtomicBoolean();
            var talking = new Thread(() -> {
                for (var i = 1; !isOver.get(); i++) {
                    context.getLogger("a").info("m" + i);
                    LockSupport.parkNanos(100_000);
                }
            });
            talking.start();

            for (var i = 0; i < 4; i++) {
                var count = service.messages().size();
                service.awaitMessages(messages -> messages.size() > count + 50);
                context.reset();
                configure(settings);
                handedOver.add(beside());
            }
            isOver.set(true);
            talking.join();

            var expected = handedOver.stream()
                    .flatMap(each -> each.list.stream())
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
            var messages = service.awaitMessages(shipped -> shipped.containsAll(expected));
            assertThat(messages).containsAll(expected).doesNotHaveDuplicates();
        }
    }

    @Test
    void givenManyStarts_whenEachContextStops_thenNothingOfItRunsOn() throws Exception {
        var others = shippingThreads();
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            for (var i = 0; i < 5; i++) {
                context.start();
                configure("<url>%s</url><service>Billing</service><spill>%s</spill>".formatted(service.url(), spill));
                context.getLogger("a").info("m" + i);
                context.stop();
            }

            service.awaitMessages(messages -> messages.size() == 5);
            Eventually.holds("no thread ships", Duration.ofSeconds(60), () -> others.containsAll(shippingThreads()));
            try (var runs = Files.list(spill)) {
                assertThat(runs).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<service>Billing</service>",
                "<url>http://localhost:1</url><registry>http://localhost:1</registry><service>Billing</service>",
                "<url>http://localhost:1</url>",
                "<url>ftp://localhost:1</url><service>Billing</service>",
                "<url>http://localhost:1</url><service>Billing</service><drop>everything</drop>"
            })
    void givenAMistake_whenConfigured_thenItIsToldAndDoesNoHarm(String settings) throws Exception {
        configure(settings);

        context.getLogger("a").info("one");

        assertThat(errors()).isPositive();
    }

    @Test
    void givenEverythingAtTrace_whenTheHttpClientLogsToo_thenItDoesNotFeedOnItself() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            configure("<url>%s</url><service>Billing</service><spill>%s</spill>".formatted(service.url(), spill));
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
            // as java.net.http does with -Djdk.httpclient.HttpClient.log, via System.Logger and slf4j
            var posts = new AtomicInteger();
            service.nowPlays((post, played) -> {
                posts.incrementAndGet();
                context.getLogger("jdk.httpclient.HttpClient").debug("answering");
                context.getLogger("java.net.http").debug("answering");
                return Role.EXTENDED.answer(post, played);
            });

            IntStream.rangeClosed(1, 50).forEach(i -> context.getLogger("a").debug("m" + i));
            service.awaitMessages(m -> m.size() == 50);
            context.stop();

            assertThat(service.messages()).hasSize(50);
            assertThat(posts).hasValueLessThan(50);
        }
    }

    private void configure(String settings) throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        var xml = """
                <configuration>
                  <appender name="rollcall" class="dev.rollcall.shipping.LogServiceAppender">%s</appender>
                  <appender name="beside" class="ch.qos.logback.core.read.ListAppender"/>
                  <root level="DEBUG"><appender-ref ref="rollcall"/><appender-ref ref="beside"/></root>
                </configuration>
                """.formatted(settings);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private ListAppender<ILoggingEvent> beside() {
        return (ListAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("beside");
    }

    private static Set<Thread> shippingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(ShippingThread.class::isInstance)
                .collect(Collectors.toSet());
    }

    private List<String> spilled() throws IOException {
        var messages = new ArrayList<String>();
        try (var files = Files.find(spill, 2, (file, about) -> file.toString().endsWith(".spill"))) {
            for (var file : files.toList()) {
                try (var frames = new FrameScanner(Files.newInputStream(file))) {
                    for (var next = frames.next(Long.MAX_VALUE); next.isPresent(); next = frames.next(Long.MAX_VALUE)) {
                        messages.add(Samples.messageOf(
                                SpillEntryFrame.read(next.get()).orElseThrow()));
                    }
                }
            }
        }
        return messages;
    }

    private long errors() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getEffectiveLevel() == Status.ERROR)
                .count();
    }
}

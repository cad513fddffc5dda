package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.http.Response;
import dev.rollcall.shipping.FakeLogService.Post;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

@Timeout(300)
final class LogShipperTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");
    private final AtomicReference<Optional<HttpUrl>> address = new AtomicReference<>(Optional.empty());
    private LogShipper shipper = attached(Samples.fast());

    @AfterEach
    void close() {
        shipper.close();
    }

    @Test
    void givenAnExtendedLogService_whenRecordsAreLogged_thenTheFirstGoesPlainAndTheOthersInBatches() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();

            var logged = log(1, 500);

            assertThat(service.awaitMessages(m -> m.size() == 500)).isEqualTo(logged);
            var first = service.posts().get(0);
            assertThat(first.contentType()).isEqualTo("text/plain");
            assertThat(first.body()).isEqualTo("[GradingService] - m1\n");
            assertThat(first.sequence()).isEqualTo("1-1");
            assertThat(service.posts().stream().skip(1)).allMatch(Post::isBatch);
            assertThat(service.posts()).extracting(Post::producer).containsOnly(first.producer());
        }
    }

    @Test
    void givenAnExtendedLogService_whenTheFirstRecordGoesPlain_thenAllItsFieldsGoBesideIt() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            logger.atError().addKeyValue("student", "Zoë\n😀").log("m1 \"ü\"");

            shipper.start();

            var first = service.awaitPosts(1).get(0);
            assertThat(first.body()).matches("(?s)\\[GradingService] - ERROR \\S+Z m1 \"ü\" student=.*");
            assertThat(first.record()).matches("[ -~]+");
            assertThat(first.records()).singleElement().satisfies(record -> {
                assertThat(record.message()).isEqualTo("m1 \"ü\"");
                assertThat(record.level()).isEqualTo("ERROR");
                assertThat(record.instance()).isEqualTo("i1");
                assertThat(record.keys()).containsEntry("student", "Zoë\n😀");
                assertThat(record.sequence()).isEqualTo(1);
            });
        }
    }

    @Test
    void givenARecordTooLongForAHeader_whenItGoesPlain_thenTheHeaderHasTheRestAndSaysWhereTheTextsAre()
            throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            var text = "x".repeat(8_000);
            logger.atError()
                    .addKeyValue("student", 42)
                    .setCause(new IOException("cause"))
                    .log(text);

            shipper.start();

            var first = service.awaitPosts(1).get(0);
            assertThat(first.record()).hasSizeLessThanOrEqualTo(8_000);
            var record = first.records().get(0);
            assertThat(record.level()).isEqualTo("ERROR");
            assertThat(record.instance()).isEqualTo("i1");
            assertThat(record.keys()).containsEntry("student", "42");
            var places = first.places().split("[-,]", -1);
            var body = first.body();
            assertThat(body.substring(Integer.parseInt(places[0]), Integer.parseInt(places[1])))
                    .isEqualTo(text);
            assertThat(body.substring(Integer.parseInt(places[2]), Integer.parseInt(places[3])))
                    .startsWith("java.io.IOException: cause\n\tat ")
                    .isEqualTo(body.substring(Integer.parseInt(places[2]), body.length() - 1));
        }
    }

    @Test
    void givenABatch_whenItIsLarge_thenItIsCompressedAndTheRecordsAreWhole() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            logger.info("first");
            for (var i = 0; i < 100; i++) {
                logger.atWarn().addKeyValue("i", i).log("second");
            }
            knows(service);

            shipper.start();
            service.awaitMessages(m -> m.size() == 101);

            var batch = service.posts().get(1);
            assertThat(batch.coding()).isEqualTo("gzip");
            var record = batch.records().get(0);
            assertThat(record.level()).isEqualTo("WARN");
            assertThat(record.sequence()).isEqualTo(2);
            assertThat(record.keys()).containsEntry("i", "0");
            assertThat(record.instance()).isEqualTo("i1");
        }
    }

    @Test
    void givenAPlainLogService_whenRecordsAreLogged_thenEachGoesAlone() throws Exception {
        try (var service = FakeLogService.playing(Role.PLAIN)) {
            knows(service);
            shipper.start();

            log(1, 3);
            logger.info("two\nlines");
            logger.atInfo().addKeyValue("student", 42).addKeyValue("grade", "A").log("with keys");

            assertThat(service.awaitMessages(m -> m.size() == 5))
                    .containsExactly(
                            "[GradingService] - m1\n",
                            "[GradingService] - m2\n",
                            "[GradingService] - m3\n",
                            "[GradingService] - two\nlines\n",
                            "[GradingService] - with keys grade=\"A\" student=\"42\"\n");
            assertThat(service.posts()).extracting(Post::sequence).containsExactly("1-1", "2-2", "3-3", "4-4", "5-5");
        }
    }

    @Test
    void givenAPlainLogService_whenAnExtendedOneTakesItsPlace_thenBatchesFollow() throws Exception {
        try (var service = FakeLogService.playing(Role.PLAIN)) {
            knows(service);
            shipper.start();
            log(1, 3);
            service.awaitMessages(m -> m.size() == 3);

            service.nowPlays(Role.EXTENDED);
            log(4, 50);

            service.awaitMessages(m -> m.size() == 50);
            assertThat(service.posts().get(service.posts().size() - 1).isBatch())
                    .isTrue();
        }
    }

    @Test
    void givenAnExtendedLogService_whenAPlainOneTakesItsPlace_thenTheBatchOnTheWayCountsAsDelivered() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();
            log(1, 5);
            service.awaitMessages(m -> m.size() == 5);

            service.nowPlays(Role.PLAIN);
            logger.info("in a batch");
            service.awaitMessages(m -> m.size() == 6);
            logger.info("alone");

            assertThat(service.awaitMessages(m -> m.size() == 7)).last().isEqualTo("[GradingService] - alone\n");
        }
    }

    @Test
    void givenNoLogServiceYet_whenOneIsKnownLater_thenWhatWasLoggedBeforeIsShipped() throws Exception {
        shipper.start();
        var logged = log(1, 100);

        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);

            assertThat(service.awaitMessages(m -> m.size() == 100)).isEqualTo(logged);
        }
    }

    @Test
    void givenTheLogServiceGoesAway_whenItIsBackOnItsPort_thenNothingIsMissing() throws Exception {
        int port;
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            port = service.port();
            knows(service);
            shipper.start();
            log(1, 10);
            awaitAcknowledged(10);
        }
        var logged = log(11, 60);

        try (var service = FakeLogService.onPort(port, Role.EXTENDED)) {
            assertThat(service.awaitMessages(m -> m.size() >= 50)).isEqualTo(logged);
        }
    }

    @Test
    void givenAnotherAddress_whenTheLogServiceMoves_thenRecordsFollowInOrder() throws Exception {
        try (var here = FakeLogService.playing(Role.EXTENDED);
                var there = FakeLogService.playing(Role.EXTENDED)) {
            knows(here);
            shipper.start();
            log(1, 10);
            awaitAcknowledged(10);

            knows(there);
            var logged = log(11, 20);

            assertThat(there.awaitMessages(m -> m.size() == 10)).isEqualTo(logged);
            assertThat(there.posts().get(0).isBatch()).isFalse();
        }
    }

    @Test
    void givenTheAcknowledgementIsLost_whenTheSameIsSentAgain_thenItIsStoredOnce() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();
            log(1, 2);
            service.awaitMessages(m -> m.size() == 2);

            service.nowPlays(Role.once(Role.ACK_LOST, Role.EXTENDED));
            log(3, 40);

            assertThat(service.awaitMessages(m -> m.size() >= 40)).isEqualTo(names(1, 40));
            awaitAcknowledged(40);
        }
    }

    @Test
    void givenItAnswers503WithRetryAfter_whenItIsWellAgain_thenNothingIsMissing() throws Exception {
        var busy = Response.problem(Problem.of(503, "Busy", "later"));
        try (var service = FakeLogService.playing(Role.once(Role.answering(busy), Role.EXTENDED))) {
            knows(service);
            shipper.start();

            var logged = log(1, 30);

            assertThat(service.awaitMessages(m -> m.size() == 30)).isEqualTo(logged);
        }
    }

    @Test
    void givenItResetsConnections_whenALogServiceIsKnownElsewhere_thenNothingIsMissing() throws Exception {
        try (var resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var service = FakeLogService.playing(Role.EXTENDED)) {
            var twice = new CountDownLatch(2);
            new Thread(() -> resetAll(resetting, twice)).start();
            address.set(Optional.of(HttpUrl.of("http://127.0.0.1:" + resetting.getLocalPort())));
            shipper.start();
            var logged = log(1, 30);
            assertThat(twice.await(20, TimeUnit.SECONDS)).isTrue();

            knows(service);

            assertThat(service.awaitMessages(m -> m.size() == 30)).isEqualTo(logged);
        }
    }

    @Test
    void givenItNeverAnswers_whenTheLimitIsOver_thenTheSameIsSentAgain() throws Exception {
        var never = new CompletableFuture<Response>();
        shipper.close();
        shipper = attached(settings(Duration.ofMillis(300), Duration.ofSeconds(5)));
        try (var service = FakeLogService.playing(Role.once(Role.answering(Response.later(never)), Role.EXTENDED))) {
            knows(service);
            shipper.start();

            var logged = log(1, 30);

            assertThat(service.awaitMessages(m -> m.size() == 30)).isEqualTo(logged);
            awaitAcknowledged(30);
        }
    }

    @Test
    void givenItAnswersWithABodyWhereNoneBelongs_whenItIsEndless_thenTheConnectionIsGivenUpAndShippingGoesOn()
            throws Exception {
        var endless = Response.stream(200, "text/plain", out -> {
                    var block = new byte[8_192];
                    while (true) {
                        out.write(block);
                    }
                })
                .with("Log-Ack", "1");
        try (var service = FakeLogService.playing(Role.once(Role.answering(endless), Role.EXTENDED))) {
            knows(service);
            shipper.start();
            log(1, 30);

            assertThat(service.awaitMessages(m -> m.size() == 29)).isEqualTo(names(2, 30));
        }
    }

    @Test
    void givenOneRecordIsTooLarge_whenShipped_thenItAloneIsDroppedAndSaid() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            shipper.close();
            shipper = attached(ShippingSettings.DEFAULT);
            log(1, 3);
            logger.info("\u0001".repeat(250_000));
            log(4, 5);
            knows(service);

            shipper.start();

            assertThat(service.awaitMessages(m -> m.size() == 6))
                    .containsExactly(
                            "m1", "m2", "m3", "1 record was dropped: the log service answered 413", "m4", "m5");
            awaitAcknowledged(5);
            assertThat(shipper.stats().dropped()).isEqualTo(1);
        }
    }

    @Test
    void givenHalfACharacter_whenShipped_thenItDoesNotBlockTheOthers() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();

            logger.info("first");
            logger.info("half \ud83d");
            logger.info("last");

            assertThat(service.awaitMessages(m -> m.size() == 3)).containsExactly("first", "half ?", "last");
        }
    }

    @Test
    void givenAFullBuffer_whenTheLogServiceComes_thenTheDropsAreAnnouncedAndTheAccountCloses() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            shipper.close();
            shipper = attached(settings(Duration.ofSeconds(5), Duration.ofSeconds(20)));
            log(1, 20_000);
            knows(service);

            shipper.start();
            logger.info("last");
            var stored = service.awaitMessages(m -> m.stream().anyMatch(text -> text.contains("dropped")));
            shipper.close();

            var stats = shipper.stats();
            assertThat(stats.dropped()).isPositive();
            assertThat(stored.stream().filter(text -> text.contains("dropped")).findFirst())
                    .hasValueSatisfying(
                            text -> assertThat(text).matches("\\d+ records? (was|were) dropped: the buffer was full"));
            assertThat(stats.produced()).isEqualTo(stats.acknowledged() + stats.dropped());
            var producer = service.posts().get(0).producer();
            assertThat(service.received(producer)).isEqualTo(stats.acknowledged());
            assertThat(service.dropped(producer)).isEqualTo(stats.dropped());
        }
    }

    @Test
    void givenRecordsNotYetShipped_whenClosed_thenTheyAreFlushed() throws Exception {
        shipper.close();
        shipper = attached(settings(Duration.ofSeconds(5), Duration.ofSeconds(20)));
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();

            var logged = log(1, 1_000);
            shipper.close();

            assertThat(service.messages()).isEqualTo(logged);
            assertThat(shipper.stats()).isEqualTo(new ShippingStats(1_000, 1_000, 0, 0, 0, 0));
        }
    }

    @Test
    void givenALogServiceThatHangs_whenClosed_thenTheFlushIsBounded() throws Exception {
        var never = new CompletableFuture<Response>();
        shipper.close();
        shipper = attached(settings(Duration.ofSeconds(30), Duration.ofMillis(200)));
        try (var service = FakeLogService.playing(Role.answering(Response.later(never)))) {
            knows(service);
            shipper.start();
            log(1, 3);
            service.awaitPosts(1);

            var start = System.nanoTime();
            shipper.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(shipper.stats().pendingRecords()).isEqualTo(3);
        }
    }

    @Test
    void givenNoLogService_whenClosed_thenItDoesNotWaitForOne() {
        shipper.close();
        shipper = attached(settings(Duration.ofSeconds(30), Duration.ofSeconds(30)));
        shipper.start();
        log(1, 3);

        var start = System.nanoTime();
        shipper.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(shipper.stats().pendingRecords()).isEqualTo(3);
    }

    @Test
    void givenAShipper_whenClosedTwiceOrBeforeItsStart_thenNothingHappens() {
        shipper.close();
        shipper.close();
        shipper.start();
        logger.info("not taken");

        assertThat(shipper.stats().produced()).isZero();
    }

    @Test
    void givenDebugOnTheRootLogger_whenShipping_thenItDoesNotFeedOnItself() throws Exception {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            knows(service);
            shipper.start();

            var logged = log(1, 10);
            service.awaitMessages(m -> m.size() == 10);
            shipper.close();

            assertThat(service.messages()).isEqualTo(logged);
            assertThat(shipper.stats().produced()).isEqualTo(10);
        }
    }

    @Test
    void givenTheSenderRunsOutOfMemory_whenItHasSome_thenDoubtfulMeanwhileAndAllIsSent() throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            var isFailing = new AtomicBoolean(true);
            context.setMDCAdapter(MDC.getMDCAdapter());
            try (var failing = LogShipper.attachedTo(
                    context,
                    ServiceName.GRADING,
                    "i1",
                    () -> {
                        if (isFailing.get()) {
                            throw new OutOfMemoryError("as if");
                        }
                        return Optional.of(service.url());
                    },
                    Samples.fast())) {
                failing.start();
                logger.info("m1");
                Eventually.holds(
                        "it is said",
                        Duration.ofSeconds(60),
                        () -> failing.healthReasons().contains("log records aren't sent: their sender fails"));

                isFailing.set(false);

                assertThat(service.awaitMessages(m -> m.size() == 1)).containsExactly("m1");
                Eventually.holds(
                        "all is well",
                        Duration.ofSeconds(60),
                        () -> failing.healthReasons().isEmpty());
            }
        }
    }

    private LogShipper attached(ShippingSettings settings) {
        context.setMDCAdapter(MDC.getMDCAdapter());
        return LogShipper.attachedTo(context, ServiceName.GRADING, "i1", address::get, settings);
    }

    private static ShippingSettings settings(Duration requestLimit, Duration flush) {
        var pace = Samples.fast().pace();
        return Samples.fast()
                .withFlush(flush)
                .withPace(new ShippingPace(
                        pace.batchBytesMax(),
                        pace.batchDelay(),
                        pace.gzipBytesMin(),
                        requestLimit,
                        pace.retryMin(),
                        pace.retryMax()));
    }

    private void knows(FakeLogService service) {
        address.set(Optional.of(service.url()));
    }

    private List<String> log(int first, int last) {
        var messages = names(first, last);
        messages.forEach(logger::info);
        return messages;
    }

    private static List<String> names(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "m" + i).toList();
    }

    private void awaitAcknowledged(long acknowledged) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (shipper.stats().acknowledged() < acknowledged && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(shipper.stats().acknowledged()).isEqualTo(acknowledged);
    }

    private static void resetAll(ServerSocket server, CountDownLatch count) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                // closing with this option sends a reset
                socket.setSoLinger(true, 0);
                count.countDown();
            } catch (IOException e) {
                // the socket was closed at the end, or by the client; the loop's condition knows
            }
        }
    }
}

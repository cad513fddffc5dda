package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.http.Response;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Problem;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The close of a shipper when the log service has stopped before. */
@Timeout(120)
final class GoneLogServiceTest {
    private static final Duration LONG_FLUSH = Duration.ofSeconds(60);
    private static final Duration NO_WAIT = Duration.ofSeconds(20);
    private static final Role STOPPING = Role.answering(Response.empty(503).with("Connection", "close"));

    @TempDir
    private Path root;

    private final AtomicReference<Optional<HttpUrl>> address = new AtomicReference<>(Optional.empty());
    private final LoggerContext context = Samples.context();

    @Test
    void givenADirectory_whenTheLogServiceHasGone_thenTheEndDoesNotWaitAndTheNextStartShips() throws Exception {
        var shipper = knowingOneThatHasGone(onDisk(LONG_FLUSH));
        var logged = log(200);

        var took = nanosToClose(shipper);

        assertThat(Duration.ofNanos(took)).isLessThan(NO_WAIT);
        assertThat(shipper.stats().pendingRecords()).isEqualTo(200);
        assertShippedByTheNext(logged);
    }

    @Test
    void givenADirectory_whenTheLogServiceIsStopping_thenTheEndDoesNotWaitAndTheNextStartShips() throws Exception {
        List<String> logged;
        try (var service = FakeLogService.playing(STOPPING)) {
            address.set(Optional.of(service.url()));
            var shipper = started(onDisk(LONG_FLUSH));
            logged = log(200);

            var took = nanosToClose(shipper);

            assertThat(Duration.ofNanos(took)).isLessThan(NO_WAIT);
        }
        assertShippedByTheNext(logged);
    }

    @Test
    void givenADirectory_whenTheLogServiceIsOnlyBusy_thenTheEndShipsWhatIsLeft() throws Exception {
        var busy = Response.problem(Problem.of(503, "Busy", "later"));
        try (var service = FakeLogService.playing(Role.once(Role.answering(busy), Role.EXTENDED))) {
            address.set(Optional.of(service.url()));
            var shipper = LogShipper.attachedTo(context, ServiceName.GRADING, "i1", address::get, onDisk(LONG_FLUSH));
            var logged = log(20);
            shipper.start();

            shipper.close();

            assertThat(service.messages()).isEqualTo(logged);
        }
    }

    @Test
    void givenNoDirectory_whenTheLogServiceComesBackWithinTheFlush_thenNothingIsLost() throws Exception {
        var shipper = knowingOneThatHasGone(Samples.fast().withFlush(LONG_FLUSH));
        var port = address.get().orElseThrow().uri().getPort();
        var logged = log(200);

        // not in the common pool, which from 25 on may have one thread only, and which completes the HTTP client's
        // responses
        var closing = new Thread(shipper::close, "closing");
        closing.start();
        try (var service = FakeLogService.onPort(port, Role.EXTENDED)) {
            closing.join(NO_WAIT.toMillis());

            assertThat(service.messages()).isEqualTo(logged);
        }
    }

    @Test
    void givenNoDirectory_whenTheLogServiceStaysAway_thenTheEndWaitsForItAsLongAsItMay() throws Exception {
        var flush = Duration.ofMillis(300);
        var shipper = knowingOneThatHasGone(Samples.fast().withFlush(flush));
        log(3);

        var took = nanosToClose(shipper);

        assertThat(Duration.ofNanos(took)).isBetween(flush, NO_WAIT);
        assertThat(shipper.stats().pendingRecords()).isEqualTo(3);
    }

    private LogShipper knowingOneThatHasGone(ShippingSettings settings) throws IOException {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            address.set(Optional.of(service.url()));
        }
        return started(settings);
    }

    private LogShipper started(ShippingSettings settings) {
        var shipper = LogShipper.attachedTo(context, ServiceName.GRADING, "i1", address::get, settings);
        shipper.start();
        return shipper;
    }

    private void assertShippedByTheNext(List<String> logged) throws Exception {
        try (var service = FakeLogService.playing(Role.EXTENDED)) {
            address.set(Optional.of(service.url()));
            var next = started(onDisk(LONG_FLUSH));

            assertThat(service.awaitMessages(m -> m.size() == logged.size())).isEqualTo(logged);
            next.close();
        }
    }

    private ShippingSettings onDisk(Duration flush) {
        return Samples.fast().withSpill(Optional.of(root), 64 << 20).withFlush(flush);
    }

    private List<String> log(int count) {
        var messages = IntStream.rangeClosed(1, count).mapToObj(i -> "m" + i).toList();
        messages.forEach(context.getLogger("test")::info);
        return messages;
    }

    private static long nanosToClose(LogShipper shipper) {
        var start = System.nanoTime();
        shipper.close();
        return System.nanoTime() - start;
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The spill is moved away under a running process. */
@Timeout(60)
final class GoneSpillTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path parent;

    private final AtomicReference<Optional<HttpUrl>> address = new AtomicReference<>(Optional.empty());

    @Test
    void givenASpillThatIsGone_whenLogged_thenRecordsGoOnInMemoryAndThoseInItAreAnnouncedAsLost() throws Exception {
        var context = Samples.context();
        var log = context.getLogger("a");
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var shipper = shipper(context)) {
            log.info("in the spill");
            Eventually.holds("it is in the spill", LIMIT, () -> shipper.stats().spilledBytes() > 0);

            Files.move(parent.resolve("spill"), parent.resolve("away"));

            // nothing is logged meanwhile
            Eventually.holds(
                    "it is told",
                    LIMIT,
                    () -> shipper.healthReasons().toString().contains("moved or replaced"));
            log.info("after it");
            address.set(Optional.of(service.url()));
            service.awaitMessages(m -> m.contains("after it"));
            Eventually.holds(
                    "the other one is counted", LIMIT, () -> shipper.stats().dropped() == 1);
            assertThat(shipper.stats().produced()).isEqualTo(2);
        }
        assertThat(parent.resolve("spill")).doesNotExist();
    }

    @Test
    void givenASpillThatIsGone_whenItIsBack_thenNothingIsLost() throws Exception {
        var context = Samples.context();
        var log = context.getLogger("a");
        try (var service = FakeLogService.playing(Role.EXTENDED);
                var shipper = shipper(context)) {
            log.info("one");
            Eventually.holds("it is in the spill", LIMIT, () -> shipper.stats().spilledBytes() > 0);
            Files.move(parent.resolve("spill"), parent.resolve("away"));
            Eventually.holds("it is told", LIMIT, () -> !shipper.healthReasons().isEmpty());
            log.info("two");

            Files.move(parent.resolve("away"), parent.resolve("spill"));

            Eventually.holds("all is well", LIMIT, () -> shipper.healthReasons().isEmpty());
            log.info("three");
            address.set(Optional.of(service.url()));
            assertThat(service.awaitMessages(m -> m.size() == 3)).containsExactly("one", "two", "three");
            assertThat(shipper.stats().dropped()).isZero();
        }
    }

    private LogShipper shipper(LoggerContext context) {
        var settings = Samples.fast().withSpill(Optional.of(parent.resolve("spill")), 1 << 20);
        var shipper = LogShipper.attachedTo(context, ServiceName.GRADING, "i1", address::get, settings);
        shipper.start();
        return shipper;
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Response;
import dev.rollcall.shipping.FakeLogService.Post;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ships what an outage left in a small heap; its size is {@code -Dspill.mib} (1024 in the checks). */
final class LargeSpillTest {
    private static final long MIB = 1 << 20;
    private static final long SPILL_MIB = Long.getLong("spill.mib", 96);
    private static final Duration LIMIT = Duration.ofSeconds(240 + SPILL_MIB / 2);

    @TempDir
    private Path root;

    private long expected = 1;

    @Test
    void givenALargeSpill_whenAProcessWithASmallHeapShipsIt_thenAllArrivesInOrder() throws Exception {
        var records = write();
        try (var service = FakeLogService.playing(this::count)) {
            var process = start(service.url());
            try {
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }

        assertThat(expected - 1).isEqualTo(records);
        try (var runs = Files.list(root)) {
            assertThat(runs).isEmpty();
        }
    }

    /** The process that ships: exits with 0 when nothing is pending. */
    public static void main(String[] args) throws IOException {
        var address = Optional.of(HttpUrl.of(args[1]));
        var settings = ShippingSettings.DEFAULT
                .withSpill(Optional.of(Path.of(args[0])), 2_048 * MIB)
                .withFlush(LIMIT);
        try (var shipper =
                LogShipper.attachedTo(Samples.context(), ServiceName.GRADING, "next", () -> address, settings)) {
            shipper.start();
            while (shipper.stats().spilledBytes() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        System.exit(0);
    }

    /** Creates what a killed process leaves: records of about a kilobyte each. */
    private long write() throws IOException {
        var spillSession = SpillSession.create(root, Samples.ORIGIN, 4_096 * MIB, InstantSource.system());
        var text = "a stack trace or something else that is long ".repeat(22);
        var sequence = 0L;
        while (spillSession.outbox().diskBytes() < SPILL_MIB * MIB) {
            for (var i = 0; i < 500; i++) {
                spillSession.counters().produce();
                spillSession.outbox().offer(Samples.line(++sequence, text), 0);
            }
            spillSession.outbox().persist();
        }
        spillSession.close();
        return sequence;
    }

    /** Keeps only the count. */
    private synchronized Response count(Post post, FakeLogService service) {
        if (post.first() == expected) {
            var lines = post.isBatch() ? post.body().lines().count() : 1;
            assertThat(lines).isEqualTo(post.last() - post.first() + 1);
            expected = post.last() + 1;
        }
        service.forgetPosts();
        return Response.empty(200).with("Log-Ack", Long.toString(expected - 1));
    }

    private Process start(HttpUrl url) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeSpillTest.class.getName(),
                        root.toString(),
                        url.value()))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.disk.FrameScanner;
import dev.rollcall.http.Response;
import dev.rollcall.shipping.FakeLogService.Role;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A logging process is killed (-9) at some point, and the next one ships what it left. */
@Timeout(300)
final class KillTest {
    private static final HttpUrl NOBODY = HttpUrl.of("http://127.0.0.1:9");
    private static final int THREADS = 2;

    @TempDir
    private Path spill;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    enum Neighbour {
        UP,
        AWAY,
        STALLED,
        LOSES_ANSWERS
    }

    @ParameterizedTest
    @EnumSource
    void givenAProcessThatLogs_whenItIsKilled_thenTheNextOneShipsAllThatItWroteAndAnnouncesTheRest(Neighbour neighbour)
            throws Exception {
        try (var service = FakeLogService.playing(roleOf(neighbour))) {
            var killed = killedAfter(neighbour == Neighbour.AWAY ? NOBODY : service.url());
            service.nowPlays(Role.EXTENDED);

            drain(service);

            var producer = service.posts().get(0).producer();
            var account = service.received(producer) + service.dropped(producer);
            assertThat(service.lastSequences().get(producer))
                    .as("seed %d", seed)
                    .isEqualTo(account);
            var toldInAll = killed.reported().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(account).as("seed %d", seed).isGreaterThanOrEqualTo(toldInAll);
            var last = assertOrder(service.messages());
            assertThat(last.keySet())
                    .as("seed %d", seed)
                    .isEqualTo(killed.written().keySet());
            assertThat(last)
                    .as("seed %d: what was on disk", seed)
                    .allSatisfy((thread, number) -> assertThat(number)
                            .isGreaterThanOrEqualTo(killed.written().get(thread)));
        }
    }

    private Killed killedAfter(HttpUrl url) throws Exception {
        var reported = new HashMap<String, Long>();
        var written = new AtomicReference<Map<String, Long>>(Map.of());
        var process = Talker.start(spill, url, THREADS);
        try (var output = process.inputReader()) {
            var lines = 4 + random.nextInt(40);
            for (var i = 0; i < lines; i++) {
                record(reported, output.readLine());
            }
            // how soon the first ones are there depends on the machine
            Eventually.holds("each thread's records are on disk", Duration.ofSeconds(60), () -> {
                written.set(written());
                return written.get().size() == THREADS;
            });
            // via the handle, because the process's own method closes its streams too
            process.toHandle().destroyForcibly();
            output.lines().forEach(line -> record(reported, line));
        } finally {
            process.toHandle().destroyForcibly();
        }
        return new Killed(reported, written.get());
    }

    /** Returns the number of each thread's last record that is on disk now. */
    private Map<String, Long> written() throws IOException {
        var written = new HashMap<String, Long>();
        try (var files = Files.find(spill, 2, (file, about) -> file.toString().endsWith(".spill"))) {
            for (var file : files.toList()) {
                try (var frames = new FrameScanner(Files.newInputStream(file))) {
                    for (var next = frames.next(Long.MAX_VALUE); next.isPresent(); next = frames.next(Long.MAX_VALUE)) {
                        var words = Samples.messageOf(
                                        SpillEntryFrame.read(next.get()).orElseThrow())
                                .split(" ", -1);
                        written.merge(words[0], Long.parseLong(words[1]), Math::max);
                    }
                }
            }
        }
        return written;
    }

    private static void record(Map<String, Long> reported, String line) {
        var words = line.split(" ", -1);
        if (words.length == 2 && words[1].endsWith("00")) {
            reported.put(words[0], Long.parseLong(words[1]));
        }
    }

    private void drain(FakeLogService service) throws Exception {
        var address = Optional.of(service.url());
        var settings = Samples.fast().withSpill(Optional.of(spill), 1 << 30);
        try (var shipper =
                LogShipper.attachedTo(Samples.context(), ServiceName.GRADING, "next", () -> address, settings)) {
            shipper.start();
            Eventually.holds("the spill of the killed one is empty", Duration.ofSeconds(60), () -> runs() == 1);
        }
        assertThat(runs()).isZero();
    }

    private long runs() throws IOException {
        try (var directories = Files.list(spill)) {
            return directories.count();
        }
    }

    /**
     * Checks that each thread's messages come in order, once each, with only the last ones missing. Returns the last of
     * each.
     */
    private Map<String, Long> assertOrder(List<String> messages) {
        var last = new HashMap<String, Long>();
        for (var message : messages) {
            var words = message.split(" ", -1);
            if (words[0].startsWith("t")) {
                var number = Long.parseLong(words[1]);
                assertThat(number).as("seed %d: %s", seed, message).isEqualTo(last.getOrDefault(words[0], 0L) + 1);
                last.put(words[0], number);
            }
        }
        return last;
    }

    private static Role roleOf(Neighbour neighbour) {
        return switch (neighbour) {
            case UP, AWAY -> Role.EXTENDED;
            case STALLED -> Role.answering(Response.later(new CompletableFuture<>()));
            case LOSES_ANSWERS -> Role.ACK_LOST;
        };
    }

    /**
     * What is known of a process when it was killed.
     *
     * @param reported how many records each thread had logged for sure
     * @param written the number of each thread's last record that was on disk
     */
    private record Killed(Map<String, Long> reported, Map<String, Long> written) {}
}

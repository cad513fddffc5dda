package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Answer;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that logs is killed (-9) at some point, and the next one ships what it left. */
@Timeout(120)
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
            var told = killedAfter(neighbour == Neighbour.AWAY ? NOBODY : service.url());
            service.nowPlays(Role.EXTENDED);

            drain(service);

            var producer = service.posts().get(0).producer();
            var account = service.received(producer) + service.dropped(producer);
            assertThat(service.lastSequences().get(producer))
                    .as("seed %d", seed)
                    .isEqualTo(account);
            var toldInAll = told.values().stream().mapToLong(Long::longValue).sum();
            assertThat(account).as("seed %d", seed).isGreaterThanOrEqualTo(toldInAll);
            assertOrder(service.messages(), told);
            assertThat(service.dropped(producer))
                    .as("seed %d: what was on its way to the disk", seed)
                    .isLessThan(5_000);
        }
    }

    /** How many records each thread had logged for sure when the process was killed. */
    private Map<String, Long> killedAfter(HttpUrl url) throws IOException {
        var told = new HashMap<String, Long>();
        var process = Talker.start(spill, url, THREADS);
        try (var output = process.inputReader()) {
            var lines = 4 + random.nextInt(40);
            for (var i = 0; i < lines; i++) {
                tell(told, output.readLine());
            }
            // by the handle, since the process's own method closes its streams too
            process.toHandle().destroyForcibly();
            output.lines().forEach(line -> tell(told, line));
        }
        return told;
    }

    private static void tell(Map<String, Long> told, String line) {
        var words = line.split(" ", -1);
        if (words.length == 2 && words[1].endsWith("00")) {
            told.put(words[0], Long.parseLong(words[1]));
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

    /** Each thread's messages in their order, each once; only the last ones may be missing. */
    private void assertOrder(List<String> messages, Map<String, Long> told) {
        var last = new HashMap<String, Long>();
        for (var message : messages) {
            var words = message.split(" ", -1);
            if (words[0].startsWith("t")) {
                var number = Long.parseLong(words[1]);
                assertThat(number).as("seed %d: %s", seed, message).isEqualTo(last.getOrDefault(words[0], 0L) + 1);
                last.put(words[0], number);
            }
        }
        // of a thread that had told of few, all may have been on their way to the disk
        assertThat(told.keySet()).as("seed %d", seed).containsAll(last.keySet());
    }

    private static Role roleOf(Neighbour neighbour) {
        return switch (neighbour) {
            case UP, AWAY -> Role.EXTENDED;
            case STALLED -> Role.answering(Answer.later(new CompletableFuture<>()));
            case LOSES_ANSWERS -> Role.ACK_LOST;
        };
    }
}

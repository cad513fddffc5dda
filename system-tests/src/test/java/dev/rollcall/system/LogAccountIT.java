package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes log while the log service and they themselves are killed (-9) at random points: each record is stored once
 * or announced as dropped, and the account closes to the record. {@code -Dlog.records}, {@code -Dlog.kills}, {@code
 * -Dlog.producer.kills} and {@code -Dlog.rate} (per second and process) set the size; {@code -Dlog.away.seconds} sets
 * how long the log service is away at 5,000 records a second; {@code -Dlog.seed} repeats a run's points.
 */
final class LogAccountIT {
    private static final int PRODUCERS = 4;
    private static final long RECORDS = Long.getLong("log.records", 40_000);
    private static final int KILLS = Integer.getInteger("log.kills", 3);
    private static final int PRODUCER_KILLS = Integer.getInteger("log.producer.kills", 2);
    private static final long RATE = Long.getLong("log.rate", 6_000);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("log.away.seconds", 3));
    private static final Duration LIMIT = AWAY.plusSeconds(120 + RECORDS / 2_000);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @TempDir
    private Path spills;

    private final long seed = Long.getLong("log.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<LoggingProcess> processes = new ArrayList<>();
    /** By producer; from the counter files of killed processes, and from the output of the others. */
    private final Map<String, Long> produced = new HashMap<>();

    private Service logService;
    private int starts;

    @AfterEach
    void end() {
        processes.forEach(LoggingProcess::close);
    }

    @Test
    void givenProcessesThatLog_whenTheyAndTheLogServiceAreKilledAgainAndAgain_thenTheAccountClosesToTheRecord()
            throws Exception {
        logService = suite.start(Program.LOG);
        startProducers(RECORDS / PRODUCERS);

        for (var kill : schedule()) {
            awaitTold(kill.records());
            kill.act().run();
        }

        awaitEnd();
        assertAccountCloses();
    }

    @Test
    void givenALogServiceThatIsAwayForLong_whenItIsBack_thenAllArrivesInOrder() throws Exception {
        logService = suite.start(Program.LOG);
        var records = 2_500 * AWAY.toSeconds();
        for (var i = 0; i < 2; i++) {
            startProducer(i, records, 2_500);
        }
        awaitTold(500);

        logService.kill();
        awaitTold(2 * records - 500);
        logService = suite.startAgain(logService);

        awaitEnd();
        assertAccountCloses();
        for (var account : accounts()) {
            assertThat(account.path("dropped").asLong()).isZero();
        }
    }

    private void startProducers(long count) throws Exception {
        for (var i = 0; i < PRODUCERS; i++) {
            startProducer(i, count, RATE);
        }
    }

    private void startProducer(int producer, long count, long rate) throws Exception {
        processes.add(
                producer,
                LoggingProcess.start(
                        spills.resolve("p" + producer),
                        logService.url(),
                        "p" + producer + "-" + starts++,
                        count,
                        rate));
    }

    private List<Kill> schedule() {
        var acts = new ArrayList<Act>();
        acts.addAll(Collections.nCopies(KILLS, this::killLogService));
        acts.addAll(Collections.nCopies(PRODUCER_KILLS, this::killProducer));
        Collections.shuffle(acts, random);
        var points = random.longs(acts.size(), RECORDS / 20, RECORDS * 19 / 20)
                .sorted()
                .toArray();
        var kills = new ArrayList<Kill>();
        for (var i = 0; i < points.length; i++) {
            kills.add(new Kill(points[i], acts.get(i)));
        }
        return kills;
    }

    private void killLogService() throws Exception {
        logService.url();
        logService.kill();
        logService = suite.startAgain(logService);
    }

    private void killProducer() throws Exception {
        var which = random.nextInt(PRODUCERS);
        var process = processes.remove(which);
        var count = process.killed();
        produced.put(process.producer(), count);
        startProducer(which, process.rest(), RATE);
    }

    /** Counts the records of killed runs too, so that every point is reached. */
    private void awaitTold(long records) throws InterruptedException {
        Await.atMost(LIMIT, () -> assertThat(told()).as("seed %d", seed).isGreaterThanOrEqualTo(records));
    }

    private long told() {
        return processes.stream().mapToLong(LoggingProcess::told).sum()
                + produced.values().stream().mapToLong(each -> each / 250 * 250).sum();
    }

    private void awaitEnd() throws InterruptedException {
        for (var process : processes) {
            var count = process.ended(LIMIT);
            produced.put(process.producer(), count);
        }
    }

    private void assertAccountCloses() throws Exception {
        assertThat(runsLeft()).as("seed %d", seed).isEmpty();
        var seen = new HashMap<String, Long>();
        var dropped = 0L;
        for (var account : accounts()) {
            var producer = account.path("producer").asText();
            assertThat(account.path("received").asLong()
                            + account.path("dropped").asLong())
                    .as("seed %d: %s", seed, account)
                    .isEqualTo(account.path("lastSequence").asLong());
            assertThat(seen.put(producer, account.path("lastSequence").asLong()))
                    .as("seed %d: another account of %s", seed, producer)
                    .isNull();
            dropped += account.path("dropped").asLong();
        }
        produced.values().removeIf(count -> count == 0);
        assertThat(seen).as("seed %d", seed).isEqualTo(produced);
        var all = produced.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "the account closes: %,d produced by %d runs, %,d stored, %,d announced as dropped (seed %d)%n",
                all, produced.size(), all - dropped, dropped, seed);
    }

    private JsonNode accounts() throws IOException, InterruptedException {
        return Http.get(logService.url() + "/log/producers").json();
    }

    private List<Path> runsLeft() throws IOException {
        var left = new ArrayList<Path>();
        try (var producers = Files.list(spills)) {
            for (var producer : producers.toList()) {
                try (var runs = Files.list(producer)) {
                    left.addAll(runs.toList());
                }
            }
        }
        return left;
    }

    private record Kill(long records, Act act) {}

    private interface Act {
        void run() throws Exception;
    }
}

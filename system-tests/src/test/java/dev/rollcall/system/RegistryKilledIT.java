package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** kill -9 of the registry at random moments, while clients register and deregister: acknowledged changes stay. */
final class RegistryKilledIT {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int CLIENTS = 4;
    private static final int ADDRESSES = 40;
    private static final int ANSWERS_MAX = 300;
    private static final int AFTER_ANSWER_MICROS_MAX = 3_000;
    private static final int STARTING_MILLIS_MAX = 700;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final AnsweredRevisions revisions = new AnsweredRevisions();
    private final List<ChurningClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private int kills;
    private int answered;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void givenClientsThatComeAndGo_whenTheRegistryIsKilledAgainAndAgain_thenWhatItAnsweredIsThere() throws Exception {
        System.out.println("seed " + seed);
        var registry = suite.startRegistry();
        registry.url();
        var plain = suite.closesAtTheEnd(PlainDependant.listening("PlainPortal", "LogService"));
        assertThat(plain.registration().sendTo(suite.registryUrl()).status()).isEqualTo(200);
        var extended = suite.closesAtTheEnd(LibraryInstance.registered(suite.registryUrl(), "Portal", "LogService"));
        // after these, whose ports are now taken
        addClients();

        while (kills < KILLS) {
            churnUntilKilled(registry);
            registry = startAgain(registry);
            assertWhatWasAnsweredIsThere();
        }

        System.out.printf("%d kills, %d answers, revision %d%n", kills, answered, revisions.highest());
        Await.atMost(LIMIT, () -> assertKnown(plain, extended));
        assertThat(plain.confusions()).as("seed %d", seed).isEmpty();
    }

    private void addClients() {
        var ports = new LinkedHashSet<Integer>();
        while (ports.size() < CLIENTS * ADDRESSES) {
            ports.add(Ports.free());
        }
        var all = List.copyOf(ports);
        for (var i = 0; i < CLIENTS; i++) {
            var own = all.subList(i * ADDRESSES, (i + 1) * ADDRESSES);
            clients.add(new ChurningClient(suite.registryUrl(), revisions, own, random.nextLong()));
        }
    }

    private void churnUntilKilled(Service registry) throws Exception {
        var answers = new Semaphore(0);
        var running = new ArrayList<Future<?>>();
        for (var client : clients) {
            running.add(threads.submit(() -> {
                client.runUntilCutOff(answers);
                return null;
            }));
        }
        var before = 1 + random.nextInt(ANSWERS_MAX);
        var inTime = answers.tryAcquire(before, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        pauseMicros(random.nextInt(AFTER_ANSWER_MICROS_MAX));
        kill(registry);
        for (var client : running) {
            client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(inTime).as("%d answers in time, seed %d", before, seed).isTrue();
        answered += before + answers.availablePermits();
    }

    /** Kills it once more during its start in one of three cases. */
    private Service startAgain(Service killed) throws InterruptedException {
        var next = suite.start(killed.launch());
        if (kills < KILLS && random.nextInt(3) == 0) {
            pauseMicros(1_000 * random.nextInt(STARTING_MILLIS_MAX));
            kill(next);
            return startAgain(next);
        }
        next.url();
        return next;
    }

    private void kill(Service registry) throws InterruptedException {
        registry.kill();
        kills++;
    }

    /** Waits for a random time; the latch is never counted down. */
    private static void pauseMicros(int micros) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS)).isFalse();
    }

    private void assertWhatWasAnsweredIsThere() throws IOException, InterruptedException {
        var roll = roll();
        for (var client : clients) {
            client.possible().forEach((url, possible) -> {
                var found = roll.getOrDefault(url, ChurningClient.ABSENT);
                assertThat(possible)
                        .as("%s after kill %d, seed %d", url, kills, seed)
                        .contains(found);
                client.found(url, found);
            });
        }
    }

    private Map<String, String> roll() throws IOException, InterruptedException {
        var roll = new LinkedHashMap<String, String>();
        var reply = revisions.of(() -> Http.get(suite.registryUrl() + "/services"));
        for (var line : reply.json()) {
            var instance = ChurningClient.nameOf(
                    line.path("ServiceName").asText(), line.path("InstanceID").asText());
            roll.put(line.path("ServiceURL").asText(), instance);
        }
        return roll;
    }

    private void assertKnown(PlainDependant plain, LibraryInstance extended) throws IOException, InterruptedException {
        var providers = new ArrayList<String>();
        roll().forEach((url, instance) -> {
            if (instance.startsWith("LogService ")) {
                providers.add(url);
            }
        });
        assertThat(plain.providers())
                .as("seed %d", seed)
                .extracting(PlainPatch.Entry::url)
                .containsExactlyInAnyOrderElementsOf(providers);
        assertThat(extended.providers().of(ServiceName.LOG))
                .as("seed %d", seed)
                .extracting(provider -> provider.url().value())
                .containsExactlyInAnyOrderElementsOf(providers);
    }
}

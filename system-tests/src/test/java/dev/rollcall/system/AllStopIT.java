package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All four services are stopped in the same instant, round after round over the same registry's data. */
final class AllStopIT {
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration ROUNDS_LIMIT = Duration.ofMinutes(Integer.getInteger("rounds.minutes", 10));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /**
     * Nothing is to be drained, and no service waits for a log service that has already ended: the flush limit is much
     * longer.
     */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final String FLUSH = "60s";

    private static final Duration EVICTION_LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newFixedThreadPool(Program.values().length);
    private final List<Long> stopNanos = new ArrayList<>();
    private int evictions;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void givenFourServices_whenAllAreAskedToStopAtOnce_thenAllEndInTimeAndNobodyStaysOnTheRoll() throws Exception {
        System.out.println("seed " + seed);
        var start = System.nanoTime();
        var rounds = 0;
        var registry = suite.startRegistry("--flush", FLUSH);
        Set<String> perhapsLeft = Set.of();

        while (rounds < ROUNDS && System.nanoTime() - start < ROUNDS_LIMIT.toNanos()) {
            var others = startOthers();
            assertOnlyLeft(registry, perhapsLeft, others);
            var isAtOnce = random.nextInt(3) == 0;
            if (!isAtOnce) {
                Await.atMost(LIMIT, () -> assertPassing(others));
            }
            perhapsLeft = stopAll(registry, others);
            rounds++;
            registry = suite.start(registry.launch());
        }
        assertOnlyLeft(registry, perhapsLeft, List.of());

        System.out.printf(
                "%d of %d rounds in %d s; a stop took %d ms (median), at most %d; %d left on the roll, and evicted%n",
                rounds,
                ROUNDS,
                seconds(System.nanoTime() - start),
                millis(stopNanos.stream().sorted().toList().get(rounds / 2)),
                millis(Collections.max(stopNanos)),
                evictions);
    }

    private List<Service> startOthers() {
        return Stream.of(Program.LOG, Program.GRADING, Program.PORTAL)
                .map(program -> suite.start(program, "--flush", FLUSH))
                .toList();
    }

    /** A registry that ended before others had deregistered still lists them, and evicts them after its restart. */
    private void assertOnlyLeft(Service registry, Set<String> perhapsLeft, List<Service> others) throws Exception {
        registry.url();
        var old = new ArrayList<>(Roll.of(suite.registryUrl()).urls());
        for (var other : others) {
            old.remove(other.url());
        }
        assertThat(perhapsLeft).as("seed %d", seed).containsAll(old);
        Await.atMost(EVICTION_LIMIT, () -> {
            var roll = Roll.of(suite.registryUrl());
            assertThat(old).allSatisfy(url -> assertThat(roll.health(url)).contains("evicted"));
        });
        for (var url : old) {
            assertThat(Http.delete(suite.registryUrl() + "/services", url).status())
                    .isEqualTo(200);
            evictions++;
        }
    }

    private void assertPassing(List<Service> others) throws IOException, InterruptedException {
        var roll = Roll.of(suite.registryUrl());
        for (var other : others) {
            assertThat(roll.health(other.url())).as(other.toString()).contains("passing");
        }
    }

    /** Returns the services whose deregistration the registry may not have received. */
    private Set<String> stopAll(Service registry, List<Service> others) throws Exception {
        var all = new ArrayList<>(others);
        all.add(random.nextInt(all.size() + 1), registry);
        for (var service : all) {
            service.url();
        }
        var atOnce = new CyclicBarrier(all.size());
        var parity = random.nextInt(2);
        var stops = new ArrayList<Future<?>>();
        var start = System.nanoTime();
        for (var i = 0; i < all.size(); i++) {
            var service = all.get(i);
            var isByEnter = i % 2 == parity;
            stops.add(threads.submit(() -> {
                atOnce.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (isByEnter) {
                    service.pressEnter();
                } else {
                    service.terminate();
                }
                return null;
            }));
        }
        for (var stop : stops) {
            stop.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        for (var service : all) {
            assertEnded(service);
        }
        stopNanos.add(System.nanoTime() - start);
        return perhapsLeft(others);
    }

    private void assertEnded(Service service) throws InterruptedException {
        assertThat(service.awaitExit(STOP_LIMIT))
                .as("%s, seed %d%n%s", service, seed, service.transcript())
                .isZero();
        assertThat(service.errors().lines()).as("standard error of %s", service).isEmpty();
        assertThat(Ports.isFree(service.port())).as("port free").isTrue();
    }

    private static Set<String> perhapsLeft(List<Service> others) throws InterruptedException {
        var urls = new LinkedHashSet<String>();
        for (var other : others) {
            if (other.output().lines().stream().noneMatch(line -> line.matches(".* INFO +deregistered.*"))) {
                urls.add(other.url());
            }
        }
        return urls;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }
}

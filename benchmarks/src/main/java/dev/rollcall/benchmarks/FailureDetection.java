package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.benchmarks.Tally.Sign;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Kills or stops a provider's process, and measures the time until all of its 100 dependants have acknowledged the
 * removal.
 */
final class FailureDetection implements Case {
    private static final ServiceName PROVIDED = new ServiceName("Provided");
    private static final ServiceName DEPENDANT = new ServiceName("Dependant");
    private static final int DEPENDANTS = 100;
    private static final int STEADY_PROVIDERS = 2;
    private static final long ROUND_LIMIT_MILLIS = 30_000;
    private static final int ALIVE_MILLIS_MIN = 100;
    private static final int ALIVE_MILLIS_MAX = 300;

    private final RegistryJar jar;
    private final int rounds;
    private final Way way;
    private final SplittableRandom random = new SplittableRandom(1);

    private FailureDetection(RegistryJar jar, int rounds, Way way) {
        this.jar = jar;
        this.rounds = rounds;
        this.way = way;
    }

    static FailureDetection byKill(RegistryJar jar, boolean quick) {
        return new FailureDetection(jar, quick ? 10 : 50, Way.KILL);
    }

    static FailureDetection byStop(RegistryJar jar, boolean quick) {
        return new FailureDetection(jar, quick ? 2 : 5, Way.STOP);
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        try (var scratch = Scratch.of("provider");
                var receiver = Receiver.start();
                var registry = RegistryProcess.start(jar)) {
            var simulatedInstances = SimulatedInstances.extended(receiver);
            for (var i = 0; i < STEADY_PROVIDERS; i++) {
                registry.register(simulatedInstances.provider(DEPENDANTS + i, PROVIDED));
            }
            registry.registerAll(simulatedInstances.dependants(DEPENDANTS, DEPENDANT, PROVIDED, true));
            if (!registry.awaitPassing(DEPENDANTS + STEADY_PROVIDERS, Duration.ofSeconds(20))) {
                throw new IOException("not all dependants pass");
            }
            var all = new Sample();
            var others = 0;
            for (var round = 0; round < rounds; round++) {
                all.add(round(registry, receiver, scratch.resolve("output.txt")).worst());
                others += DEPENDANTS + STEADY_PROVIDERS - registry.count("passing");
            }
            report.add(way.figure(all, others));
        }
    }

    private Sample round(RegistryProcess registry, Receiver receiver, Path output)
            throws IOException, InterruptedException {
        try (var provider = TinyProvider.start(output)) {
            var registration = registration(TinyProvider.awaitPort(provider));
            var added = receiver.tally(Sign.ADDED, DEPENDANTS);
            registry.register(registration);
            await(added);
            // somewhere between two heartbeats
            Pause.millis(random.nextInt(ALIVE_MILLIS_MIN, ALIVE_MILLIS_MAX));
            var removed = receiver.tally(Sign.REMOVED, DEPENDANTS);
            var start = System.nanoTime();
            if (way == Way.KILL) {
                provider.kill();
            } else {
                provider.signal("STOP");
            }
            await(removed);
            registry.deregister(registration);
            return removed.since(start);
        }
    }

    private static void await(Tally tally) throws IOException, InterruptedException {
        if (!tally.await(ROUND_LIMIT_MILLIS)) {
            throw new IOException(
                    tally.missing() + " dependants were not notified within " + ROUND_LIMIT_MILLIS + " ms");
        }
    }

    private static Registration registration(int port) {
        var url = HttpUrl.of("http://localhost:" + port);
        return new Registration(PROVIDED, url, List.of(), null, url.resolve("/heartbeat"), "", 0, Map.of());
    }

    private enum Way {
        KILL,
        STOP;

        Figure figure(Sample all, int others) {
            if (this == KILL) {
                return Figure.of("kill", "kill -9 of a provider → all of 100 dependants told", "ms")
                        .atMost("p50", all.median(), 100)
                        .atMost("p99", all.percentile(99), 300)
                        .with("worst", all.worst())
                        .note(all.count() + " rounds; others not passing: " + others);
            }
            return Figure.of("stop", "SIGSTOP of a provider → all of 100 dependants told", "ms")
                    .with("p50", all.median())
                    .atMost("worst", all.worst(), 8_000)
                    .atMost("others not passing", others, 0)
                    .note(all.count() + " rounds");
        }
    }
}

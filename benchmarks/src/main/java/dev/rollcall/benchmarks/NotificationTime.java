package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.benchmarks.Tally.Sign;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Registers and deregisters a provider, and measures the time until all of its dependants have acknowledged the patch.
 */
final class NotificationTime implements Case {
    private static final String NAME = "telling";
    private static final ServiceName PROVIDED = new ServiceName("Provided");
    private static final ServiceName DEPENDANT = new ServiceName("Dependant");
    private static final int PROVIDER = Loopback.COUNT - 1;
    private static final long ROUND_LIMIT_MILLIS = 20_000;
    private static final long BETWEEN_MILLIS = 60;
    private static final int OTHER_FILES = 2_000;

    private final RegistryJar jar;
    private final boolean quick;

    NotificationTime(RegistryJar jar, boolean quick) {
        this.jar = jar;
        this.quick = quick;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        var thousand = quick ? new Size(1_000, 20, 10, 22) : new Size(1_000, 60, 40, 22);
        var tenThousand = quick ? new Size(10_000, 3, 3, 300) : new Size(10_000, 8, 9, 300);
        measure(report, thousand, true);
        measure(report, thousand, false);
        measure(report, tenThousand, true);
        measure(report, tenThousand, false);
    }

    private void measure(Report report, Size size, boolean extended) throws IOException, InterruptedException {
        try (var receiver = Receiver.start()) {
            var result = measureRegistry(receiver, size, extended);
            // the registry's connections are closed by now, so that each has the receiver to itself
            var limit = sendBare(receiver, size).last().median();
            var kind = String.format(
                    Locale.ROOT, " → %,d %s dependants told", size.dependants(), extended ? "extended" : "plain");
            report.add(figure("new provider" + kind, result.added(), limit, size, result.note()));
            report.add(figure("provider deregistered" + kind, result.removed(), limit, size, result.note())
                    .with("answered", result.removalResponse().median()));
        }
    }

    private static Figure figure(String what, Rounds rounds, double limit, Size size, String note) {
        return Figure.of(NAME, what, "ms")
                .with("p50", rounds.p50().median())
                .with("p99", rounds.p99().median())
                .atMost("last", rounds.last().median(), size.limitMillis())
                .beside(new Baseline("the bare sender", "last", limit))
                .note(String.format(
                        Locale.ROOT,
                        "worst of %d rounds %.1f",
                        rounds.last().count(),
                        rounds.last().worst()))
                .note(note);
    }

    private Result measureRegistry(Receiver receiver, Size size, boolean extended)
            throws IOException, InterruptedException {
        try (var registry = RegistryProcess.start(jar);
                var connection = registry.connect()) {
            var simulatedInstances =
                    extended ? SimulatedInstances.extended(receiver) : SimulatedInstances.plain(receiver);
            var result =
                    new Result(new Rounds(), new Rounds(), new Sample(), register(registry, simulatedInstances, size));
            var provider = simulatedInstances.provider(PROVIDER, PROVIDED);
            var registration = Json.bytes(provider);
            var url = provider.url().value().getBytes(StandardCharsets.UTF_8);
            for (var i = 0; i < size.warmUp() + size.rounds(); i++) {
                receiver.keepAdditions(i == 0);
                var added = round(receiver, size, Sign.ADDED, () -> connection.call("POST", registration));
                var removed = round(receiver, size, Sign.REMOVED, () -> connection.call("DELETE", url));
                if (i >= size.warmUp()) {
                    result.added().add(added.notified());
                    result.removed().add(removed.notified());
                    result.removalResponse().add(removed.responseMillis());
                }
            }
            return result;
        }
    }

    /** Registers all dependants; returns a note on how. */
    private static String register(RegistryProcess registry, SimulatedInstances simulatedInstances, Size size)
            throws IOException, InterruptedException {
        // one kept connection per dependant; a patch during a probe takes a second one
        var files = Procfs.openFilesMax(registry.pid());
        var heartbeats = files > size.dependants() + OTHER_FILES;
        registry.registerAll(simulatedInstances.dependants(size.dependants(), DEPENDANT, PROVIDED, heartbeats));
        if (heartbeats && !registry.awaitPassing(size.dependants(), Duration.ofSeconds(20))) {
            throw new IOException("not all dependants pass");
        }
        Pause.millis(1_000);
        return heartbeats ? "" : "dependants without heartbeats, since only " + files + " files may be open";
    }

    private static Rounds sendBare(Receiver receiver, Size size) throws IOException, InterruptedException {
        var request = receiver.lastAddition().orElseThrow(() -> new IOException("no patch was sent"));
        try (var sender = SenderProcess.connectedTo(receiver, size.dependants(), request)) {
            var rounds = new Rounds();
            for (var i = 0; i < 2 * (size.warmUp() + size.rounds()); i++) {
                var round = round(receiver, size, Sign.ADDED, sender::send);
                if (i >= 2 * size.warmUp()) {
                    rounds.add(round.notified());
                }
            }
            return rounds;
        }
    }

    private static Round round(Receiver receiver, Size size, Sign sign, Cause cause)
            throws IOException, InterruptedException {
        var tally = receiver.tally(sign, size.dependants());
        var start = System.nanoTime();
        cause.happen();
        var responded = System.nanoTime();
        if (!tally.await(ROUND_LIMIT_MILLIS)) {
            throw new IOException(
                    tally.missing() + " dependants were not notified within " + ROUND_LIMIT_MILLIS + " ms");
        }
        Pause.millis(BETWEEN_MILLIS);
        return new Round(tally.since(start), (responded - start) / 1e6);
    }

    /**
     * The size of a measurement.
     *
     * @param dependants each with an address of its own
     * @param warmUp rounds that don't count
     * @param rounds rounds that count
     * @param limitMillis the limit for the last response
     */
    private record Size(int dependants, int warmUp, int rounds, double limitMillis) {}

    private record Round(Sample notified, double responseMillis) {}

    private record Result(Rounds added, Rounds removed, Sample removalResponse, String note) {}

    @FunctionalInterface
    private interface Cause {
        void happen() throws IOException;
    }
}

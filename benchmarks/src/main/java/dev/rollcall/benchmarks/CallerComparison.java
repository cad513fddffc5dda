package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.Tally.Sign;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the registry's own caller with its alternatives: the same 1,000 posts over 1,000 kept connections. The
 * callers alternate, so that other load on the machine affects all of them.
 */
final class CallerComparison implements Case {
    private static final int DEPENDANTS = 1_000;
    private static final long ROUND_LIMIT_MILLIS = 20_000;
    private static final long BETWEEN_MILLIS = 40;
    private static final String BARE = "the bare sender";
    private static final Map<String, String> CALLERS = callers();

    private final int passes;
    private final int warmUp;
    private final int rounds;

    CallerComparison(boolean quick) {
        this.passes = quick ? 2 : 4;
        this.warmUp = quick ? 20 : 60;
        this.rounds = quick ? 10 : 20;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        var results = new LinkedHashMap<String, Result>();
        for (var pass = 0; pass < passes; pass++) {
            for (var name : CALLERS.keySet()) {
                measurePass(name, results.computeIfAbsent(name, n -> new Result(new Rounds(), new Sample())));
            }
        }
        var limit = results.getOrDefault(BARE, new Result(new Rounds(), new Sample()));
        results.forEach((name, result) -> report.add(Figure.of("calling", "1,000 posts answered: " + name, "ms")
                .with("p50", result.rounds().p50().median())
                .with("last", result.rounds().last().median())
                .with("processor time", result.cpu().median())
                .beside(new Baseline(BARE, "last", limit.rounds().last().median()))
                .note("worst of " + result.rounds().last().count() + " rounds "
                        + Math.round(result.rounds().last().worst()))));
    }

    private void measurePass(String name, Result result) throws IOException, InterruptedException {
        try (var receiver = Receiver.start();
                var sender = start(name, receiver)) {
            for (var i = 0; i < warmUp; i++) {
                round(receiver, sender);
            }
            var cpu = Procfs.cpuSeconds(sender.pid());
            for (var i = 0; i < rounds; i++) {
                result.rounds().add(round(receiver, sender));
            }
            result.cpu().add((Procfs.cpuSeconds(sender.pid()) - cpu) * 1e3 / rounds);
        }
    }

    private static SenderProcess start(String name, Receiver receiver) throws IOException, InterruptedException {
        return name.equals(BARE)
                ? SenderProcess.connectedTo(receiver, DEPENDANTS, CallerProcess.request())
                : SenderProcess.of(List.of(
                        "caller",
                        CALLERS.getOrDefault(name, ""),
                        Integer.toString(receiver.port()),
                        Integer.toString(DEPENDANTS)));
    }

    private static Sample round(Receiver receiver, SenderProcess sender) throws IOException, InterruptedException {
        var tally = receiver.tally(Sign.ADDED, DEPENDANTS);
        var start = System.nanoTime();
        sender.send();
        if (!tally.await(ROUND_LIMIT_MILLIS)) {
            throw new IOException(tally.missing() + " posts did not arrive within " + ROUND_LIMIT_MILLIS + " ms");
        }
        Pause.millis(BETWEEN_MILLIS);
        return tally.since(start);
    }

    private static Map<String, String> callers() {
        var callers = new LinkedHashMap<String, String>();
        callers.put(BARE, "");
        callers.put("the registry's own caller", "own");
        callers.put("HttpCore 5, one thread", "core-1");
        callers.put("HttpCore 5, two threads", "core-2");
        callers.put("java.net.http.HttpClient", "jdk");
        return callers;
    }

    private record Result(Rounds rounds, Sample cpu) {}
}

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.util.Locale;

/** One change with 5,000 watchers of the roll: measures the time until all have received it. */
final class WatchTime implements Case {
    private static final int WATCHERS = 5_000;
    private static final ServiceName SEEN = new ServiceName("Seen");
    private static final long ROUND_LIMIT_MILLIS = 20_000;

    private final RegistryJar jar;
    private final int warmUp;
    private final int rounds;

    WatchTime(RegistryJar jar, boolean quick) {
        this.jar = jar;
        this.warmUp = quick ? 3 : 8;
        this.rounds = quick ? 5 : 20;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        var figure = Figure.of(
                "watch", String.format(Locale.ROOT, "one change → %,d watchers have seen it", WATCHERS), "ms");
        try (var registry = RegistryProcess.start(jar)) {
            var threadsBefore = Procfs.threads(registry.pid());
            var watchers = WatcherCrowd.connect(registry.port(), WATCHERS);
            if (watchers.isEmpty()) {
                report.add(figure.note("not there: GET /services/watch gives no event stream"));
                return;
            }
            try (var crowd = watchers.get()) {
                report.add(watched(registry, crowd, figure, threadsBefore));
            }
        }
    }

    private Figure watched(RegistryProcess registry, WatcherCrowd crowd, Figure figure, long threadsBefore)
            throws IOException, InterruptedException {
        var measured = new Rounds();
        for (var round = 0; round < warmUp + rounds; round++) {
            // the mark's first character occurs nowhere else in it
            var mark = "~w" + round + ".";
            var change = Registration.of(SEEN, HttpUrl.of("http://localhost:9/" + mark));
            var seen = crowd.await(mark, ROUND_LIMIT_MILLIS, () -> registry.register(change));
            if (round >= warmUp) {
                measured.add(seen);
            }
            Pause.millis(60);
        }
        return figure.with("p50", measured.p50().median())
                .with("p99", measured.p99().median())
                .with("last", measured.last().median())
                .note(Procfs.threads(registry.pid()) + " threads, " + threadsBefore + " without watchers")
                .note(String.format(Locale.ROOT, "%.0f MiB resident", Procfs.residentMebibytes(registry.pid())));
    }
}

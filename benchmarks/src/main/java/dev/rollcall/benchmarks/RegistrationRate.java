package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How many registrations a second the registry takes in, each of an instance that is new. */
final class RegistrationRate implements Line {
    private static final String NAME = "registrations";
    private static final ServiceName PROVIDED = new ServiceName("Provided");
    private static final ServiceName NEWCOMER = new ServiceName("Newcomer");
    private static final int TOGETHER = 8;

    private final RegistryJar jar;
    private static final int COLD = 2_000;

    private final int warmUp;
    private final int measured;
    private final int measuredWithPatch;

    RegistrationRate(RegistryJar jar, boolean quick) {
        this.jar = jar;
        this.warmUp = quick ? 5_000 : 30_000;
        this.measured = quick ? 2_000 : 8_000;
        this.measuredWithPatch = quick ? 1_000 : 3_000;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        report.add(measure("nothing to tell, one after another", 1, measured, RegistrationRate::silent, 2_400));
        report.add(measure("nothing to tell, 8 at a time", TOGETHER, measured, RegistrationRate::silent, 8_000));
        try (var receiver = Receiver.start()) {
            var played = Played.plain(receiver);
            IntFunction<Registration> told = i -> played.dependant(i, NEWCOMER, PROVIDED, false);
            var what = "each with its first patch before the answer, ";
            report.add(measure(what + "one after another", 1, measuredWithPatch, told, 1_600));
            report.add(measure(what + "8 at a time", TOGETHER, measuredWithPatch, told, 0));
        }
    }

    /** Sets the rate between two looks at the disk, since a disk that others use too is not the same for long. */
    private Figure measure(
            String what, int connections, int count, IntFunction<Registration> registrations, double atLeast)
            throws IOException, InterruptedException {
        var before = BareDisk.syncsASecond();
        try (var registry = RegistryProcess.start(jar)) {
            registry.register(Registration.of(PROVIDED, HttpUrl.of("http://127.0.0.1:9")));
            var cold = rate(registry, connections, bodies(0, COLD, registrations));
            registry.registerAll(bodies(COLD + count, COLD + count + warmUp, RegistrationRate::silent), TOGETHER);
            var rate = rate(registry, connections, bodies(COLD, COLD + count, registrations));
            var after = BareDisk.syncsASecond();
            var figure = Figure.of(NAME, "registrations, " + what, "a second");
            return (atLeast > 0 ? figure.atLeast("", rate, atLeast) : figure.with("", rate))
                    .with("the first 2,000 after the start", cold)
                    .beside(new Baseline("one synced append at a time, before", "", before))
                    .beside(new Baseline("after", "", after));
        }
    }

    private static double rate(RegistryProcess registry, int connections, List<byte[]> bodies)
            throws IOException, InterruptedException {
        var start = System.nanoTime();
        registry.registerAll(bodies, connections);
        return bodies.size() * 1e9 / (System.nanoTime() - start);
    }

    private static List<byte[]> bodies(int from, int to, IntFunction<Registration> registrations) {
        return IntStream.range(from, to)
                .mapToObj(registrations)
                .map(Json::bytes)
                .toList();
    }

    private static Registration silent(int number) {
        return Registration.of(NEWCOMER, HttpUrl.of("http://" + Loopback.of(number) + ":9"));
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Measures how many registrations of new instances per second the registry accepts. */
final class RegistrationRate implements Case {
    private static final String NAME = "registrations";
    private static final ServiceName PROVIDED = new ServiceName("Provided");
    private static final ServiceName NEWCOMER = new ServiceName("Newcomer");
    private static final int TOGETHER = 8;

    private static final int COLD = 2_000;
    /** More than are registered in a window of one second. */
    private static final int WINDOW_MAX = 50_000;

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final RegistryJar jar;
    private final Duration warmUpMax;
    private final int measured;
    private final int measuredWithPatch;

    RegistrationRate(RegistryJar jar, boolean quick) {
        this.jar = jar;
        this.warmUpMax = Duration.ofSeconds(quick ? 10 : 30);
        this.measured = quick ? 2_000 : 8_000;
        this.measuredWithPatch = quick ? 1_000 : 3_000;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        report.add(measure("nothing to tell, one after another", 1, measured, RegistrationRate::silent, 2_400));
        report.add(measure("nothing to tell, 8 at a time", TOGETHER, measured, RegistrationRate::silent, 8_000));
        try (var receiver = Receiver.start()) {
            var simulatedInstances = SimulatedInstances.plain(receiver);
            IntFunction<Registration> withPatch = i -> simulatedInstances.dependant(i, NEWCOMER, PROVIDED, false);
            var what = "each with its first patch before the answer, ";
            report.add(measure(what + "one after another", 1, measuredWithPatch, withPatch, 1_600));
            report.add(measure(what + "8 at a time", TOGETHER, measuredWithPatch, withPatch, 0));
        }
    }

    /**
     * Measures the rate between two measurements of the disk, whose speed varies if others use it. Also measures the
     * first registrations after the start, before the JVM has compiled anything.
     */
    private Figure measure(
            String what, int connections, int count, IntFunction<Registration> registrations, double atLeast)
            throws IOException, InterruptedException {
        var before = BareDisk.syncsASecond();
        try (var registry = RegistryProcess.start(jar)) {
            registry.register(Registration.of(PROVIDED, HttpUrl.of("http://127.0.0.1:9")));
            var cold = rate(registry, connections, bodies(0, COLD, registrations));
            var warmUp = WarmUp.by(() -> window(registry, connections, registrations), warmUpMax);
            var rate = rate(registry, connections, bodies(COLD, COLD + count, registrations));
            var after = BareDisk.syncsASecond();
            var figure = Figure.of(NAME, "registrations, " + what, "a second");
            return (atLeast > 0 ? figure.atLeast("", rate, atLeast) : figure.with("", rate))
                    .with("the first 2,000 after the start", cold)
                    .note(warmUp.toString())
                    .beside(new Baseline("one synced append at a time, before", "", before))
                    .beside(new Baseline("after", "", after));
        }
    }

    private static double rate(RegistryProcess registry, int connections, List<byte[]> bodies) throws IOException {
        var start = System.nanoTime();
        registry.callAll("POST", bodies.iterator(), connections);
        return bodies.size() * 1e9 / (System.nanoTime() - start);
    }

    /** Registers for a second, and deregisters all of these. */
    private double window(RegistryProcess registry, int connections, IntFunction<Registration> registrations)
            throws IOException {
        var registered = new ArrayList<Registration>();
        var start = System.nanoTime();
        var numbers = IntStream.range(0, WINDOW_MAX)
                .takeWhile(i -> System.nanoTime() - start < WINDOW.toNanos())
                .mapToObj(i -> registrations.apply(COLD + measured + i))
                .peek(registered::add)
                .map(Json::bytes);
        registry.callAll("POST", numbers.iterator(), connections);
        var rate = registered.size() * 1e9 / (System.nanoTime() - start);
        var urls = registered.stream().map(each -> each.url().value().getBytes(StandardCharsets.UTF_8));
        registry.callAll("DELETE", urls.iterator(), TOGETHER);
        return rate;
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

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * 10,000 instances of 100 services, and one dependant of each service. Measures what probing them costs, whether living
 * instances are evicted, and what a restart does.
 */
final class LargeRoll implements Case {
    private static final int INSTANCES = 10_000;
    private static final int SERVICES = 100;
    private static final int ALL = INSTANCES + SERVICES;
    private static final double MEBIBYTES_MAX = 350;
    private static final Duration PASSING_LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 5_000;
    private static final long AFTERWARDS_MILLIS = 10_000;
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(15);
    private static final double RESTART_MILLIS_MAX = 2_000;

    private final RegistryJar jar;
    private final int seconds;
    private final double coresMax;

    LargeRoll(RegistryJar jar, boolean quick, double coresMax) {
        this.jar = jar;
        this.seconds = quick ? 15 : 60;
        this.coresMax = coresMax;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        try (var receiver = Receiver.start();
                var registry = RegistryProcess.start(jar)) {
            var files = Procfs.openFilesMax(registry.pid());
            if (files < INSTANCES + 1_000) {
                throw new IOException("10,000 connections need more than the " + files
                        + " files that may be open here; see ulimit -n");
            }
            registry.registerAll(crowd(receiver));
            if (!registry.awaitPassing(ALL, PASSING_LIMIT)) {
                throw new IOException("only " + registry.count("passing") + " of " + ALL + " pass");
            }
            report.add(checked(registry, receiver));
            report.add(paused(registry, receiver));
            restarted(registry, receiver, report);
        }
    }

    private Figure checked(RegistryProcess registry, Receiver receiver) throws IOException, InterruptedException {
        // the aftermath of 10,000 registrations must not count as the cost of probing
        Pause.millis(3_000);
        var removals = receiver.removals();
        var heartbeats = receiver.heartbeats();
        var cpu = Procfs.cpuSeconds(registry.pid());
        var start = System.nanoTime();
        var memory = new Sample();
        for (var second = 0; second < seconds; second++) {
            Pause.millis(1_000);
            memory.add(Procfs.residentMebibytes(registry.pid()));
        }
        var elapsed = (System.nanoTime() - start) / 1e9;
        var cores = (Procfs.cpuSeconds(registry.pid()) - cpu) / elapsed;
        return Figure.of("crowd", "10,000 instances checked every 3 s", "")
                .atMost("cores", cores, coresMax)
                .atMost("MiB resident", memory.worst(), MEBIBYTES_MAX)
                .atMost("false evictions", evictions(registry, receiver, removals), 0)
                .with("heartbeats a second", (double) (receiver.heartbeats() - heartbeats) / elapsed)
                .note(seconds + " s, " + Procfs.threads(registry.pid()) + " threads");
    }

    private static Figure paused(RegistryProcess registry, Receiver receiver) throws IOException, InterruptedException {
        var removals = receiver.removals();
        registry.signal("STOP");
        Pause.millis(PAUSE_MILLIS);
        registry.signal("CONT");
        Pause.millis(AFTERWARDS_MILLIS);
        return Figure.of("crowd", "the registry itself stopped for 5 s, then going on", "")
                .atMost("false evictions", evictions(registry, receiver, removals), 0);
    }

    private static void restarted(RegistryProcess registry, Receiver receiver, Report report)
            throws IOException, InterruptedException {
        var removals = receiver.removals();
        registry.kill();
        var start = System.nanoTime();
        registry.startAgain();
        var known = awaitKnown(registry, start + RESTART_LIMIT.toNanos());
        var millis = (System.nanoTime() - start) / 1e6;
        var serves = Figure.of("restart", "kill -9 of the registry, started again: serves 10,000 registrations", "ms");
        if (known < ALL) {
            report.add(serves.note("not there: it knows " + known + " of them"));
            return;
        }
        report.add(serves.atMost("", millis, RESTART_MILLIS_MAX).note("from the start of the process"));
        Pause.millis(AFTERWARDS_MILLIS);
        report.add(Figure.of("restart", "removals of living providers after the restart", "")
                .atMost("", evictions(registry, receiver, removals), 0));
    }

    private static int awaitKnown(RegistryProcess registry, long untilNanos) throws InterruptedException {
        var known = 0;
        while (known < ALL && System.nanoTime() - untilNanos < 0) {
            try {
                known = registry.count("");
            } catch (IOException e) {
                // not listening yet
            }
            if (known < ALL) {
                Pause.millis(10);
            }
        }
        return known;
    }

    /**
     * Returns how many living instances were evicted: removals sent to dependants, plus instances missing from the
     * roll.
     */
    private static double evictions(RegistryProcess registry, Receiver receiver, long removalsBefore)
            throws IOException, InterruptedException {
        var missing = ALL - registry.count("passing") - registry.count("suspect");
        return (double) (receiver.removals() - removalsBefore) + missing;
    }

    private static List<Registration> crowd(Receiver receiver) {
        var simulatedInstances = SimulatedInstances.extended(receiver);
        var all = new ArrayList<Registration>();
        for (var i = 0; i < INSTANCES; i++) {
            all.add(simulatedInstances.provider(i, service(i)));
        }
        for (var i = 0; i < SERVICES; i++) {
            all.add(simulatedInstances.dependant(INSTANCES + i, new ServiceName("Dependant"), service(i), true));
        }
        return all;
    }

    private static ServiceName service(int number) {
        return new ServiceName("Provided-" + number % SERVICES);
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code benchmarks.jar registry}: the figures of the registry, measured on the real jar as a process. */
final class RegistryBenchmark {
    private static final double CORES_ON_17 = 0.8;
    private static final double CORES = 0.5;

    private RegistryBenchmark() {}

    /** Measures, prints and exits. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = BenchmarkMain.settings("registry", "Measures the registry as a process.")
                .option("registry-jar", "registry-service/target/registry-service.jar", Path::of, "what to start")
                .parseOrExit(args, Map.of());
        var jar = new RegistryJar(BenchmarkMain.jar(settings, "registry-jar"), BenchmarkMain.jvmOptions(settings));
        var quick = settings.has("quick");
        var is17 = Runtime.version().feature() < 21;
        var groups = new LinkedHashMap<String, Case>();
        groups.put("registrations", new RegistrationRate(jar, quick));
        groups.put("telling", new NotificationTime(jar, quick));
        groups.put("kill", FailureDetection.byKill(jar, quick));
        groups.put("stop", FailureDetection.byStop(jar, quick));
        groups.put("crowd", new LargeRoll(jar, quick, is17 ? CORES_ON_17 : CORES));
        groups.put("calling", new CallerComparison(quick));
        groups.put("watch", new WatchTime(jar, quick));
        BenchmarkMain.run(settings, groups);
    }
}

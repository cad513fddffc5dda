package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code benchmarks.jar grading}: the figures of the gradebook on SQLite, measured on the real jar as a process. */
final class GradingBenchmark {
    private GradingBenchmark() {}

    /** Measures, prints and exits. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = BenchmarkMain.settings("grading", "Measures the grading service as a process; needs wrk.")
                .option("grading-jar", "grading-service/target/grading-service.jar", Path::of, "what to start")
                .parseOrExit(args, Map.of());
        var jar = BenchmarkMain.jar(settings, "grading-jar");
        var jvm = BenchmarkMain.jvmOptions(settings);
        var quick = settings.has("quick");
        var groups = new LinkedHashMap<String, Case>();
        groups.put("list", new GradingRates(jar, jvm, quick)::list);
        groups.put("posts", new GradingRates(jar, jvm, quick)::posts);
        groups.put("large", new LargeGradebook(jar, jvm, quick));
        BenchmarkMain.run(settings, groups);
    }
}

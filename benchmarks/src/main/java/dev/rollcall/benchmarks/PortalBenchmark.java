package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code benchmarks.jar portal}: the figures of the pages, measured with the real jars of all services behind them. */
final class PortalBenchmark {
    private PortalBenchmark() {}

    /** Measures, prints and exits. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = BenchmarkMain.settings("portal", "Measures the portal's pages; needs wrk, and the jars built.")
                .option("root", ".", Path::of, "the checkout whose jars are started")
                .parseOrExit(args, Map.of());
        var root = settings.get("root", Path.class).toAbsolutePath();
        var pages = new PageRates(root, BenchmarkMain.jvmOptions(settings), settings.has("quick"));
        var groups = new LinkedHashMap<String, Case>();
        groups.put("students", pages::students);
        groups.put("large", pages::large);
        BenchmarkMain.run(settings, groups);
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code benchmarks.jar portal}: the figures of the pages, with the real jars of all that stand behind them. */
final class PortalBenchmark {
    private static final int UNMEASURED = 1;

    private PortalBenchmark() {}

    /** Measures, prints, and ends the process: with status 0, or 1 if something could not be measured. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = Settings.of("benchmarks portal", "Measures the portal's pages; needs wrk, and the jars built.")
                .flag("quick", "fewer rounds, shorter stretches")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .option("only", "", text -> text, "only these groups, with commas between; all if empty")
                .option("root", ".", Path::of, "the checkout whose jars are started")
                .parseOrExit(args, Map.of());
        var root = settings.get("root", Path.class).toAbsolutePath();
        var pages = new PageRates(root, settings.has("quick"));
        var lines = new LinkedHashMap<String, Line>();
        lines.put("students", pages::students);
        lines.put("large", pages::large);
        var only = Stream.of(settings.get("only", String.class).split(",", -1))
                .filter(name -> !name.isBlank())
                .toList();
        var report = Report.begin();
        var ok = measure(lines, report, only);
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
        System.exit(ok ? 0 : UNMEASURED);
    }

    private static boolean measure(Map<String, Line> lines, Report report, List<String> only)
            throws InterruptedException {
        var ok = true;
        for (var line : lines.entrySet()) {
            if (only.isEmpty() || only.contains(line.getKey())) {
                System.err.println(line.getKey());
                try {
                    line.getValue().measure(report);
                } catch (IOException e) {
                    ok = false;
                    System.err.println("  could not be measured: " + e.getMessage());
                }
            }
        }
        return ok && report.measured() > 0;
    }
}

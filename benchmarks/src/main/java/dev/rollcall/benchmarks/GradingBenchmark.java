package dev.rollcall.benchmarks;

import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code benchmarks.jar grading}: the figures of the gradebook on SQLite, each against the real jar as a process. */
final class GradingBenchmark {
    private static final int UNMEASURED = 1;

    private GradingBenchmark() {}

    /** Measures, prints, and ends the process: with status 0, or 1 if something could not be measured. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = Settings.of("benchmarks grading", "Measures the grading service as a process; needs wrk.")
                .flag("quick", "fewer rounds, shorter stretches")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .option("only", "", text -> text, "only these groups, with commas between; all if empty")
                .option("grading-jar", "grading-service/target/grading-service.jar", Path::of, "what to start")
                .option("jvm", "", text -> text, "options for the JVMs, with blanks between")
                .parseOrExit(args, Map.of());
        var jar = settings.get("grading-jar", Path.class).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            System.err.println("there is no " + jar + "; build it, or name it with --grading-jar");
            System.exit(UNMEASURED);
        }
        var jvm = words(settings.get("jvm", String.class), " ");
        var lines = new LinkedHashMap<String, Line>();
        lines.put("list", new GradingRates(jar, jvm, settings.has("quick"))::list);
        lines.put("posts", new GradingRates(jar, jvm, settings.has("quick"))::posts);
        lines.put("large", new LargeGradebook(jar, jvm, settings.has("quick")));
        var report = Report.begin();
        var ok = measure(lines, report, words(settings.get("only", String.class), ","));
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

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator, -1)).filter(w -> !w.isBlank()).toList();
    }
}

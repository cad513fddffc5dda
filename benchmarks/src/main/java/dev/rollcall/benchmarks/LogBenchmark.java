package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.LogProcess.LogJar;
import dev.rollcall.host.Readers;
import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code benchmarks.jar log}: the figures of the log service, each against the real jar as a process. */
final class LogBenchmark {
    private static final int UNMEASURED = 1;
    private static final double RECORDS_ON_17 = 250_000;
    private static final double RECORDS = 400_000;

    private LogBenchmark() {}

    /** Measures, prints, and ends the process: with status 0, or 1 if something could not be measured. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = Settings.of("benchmarks log", "Measures the log service as a process.")
                .flag("quick", "shorter stretches")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .option("only", "", text -> text, "only these groups, with commas between; all if empty")
                .option("gigabytes", "10", Readers.wholeNumber(1, 1_000), "GB of lines that are stored before queries")
                .option("log-jar", "log-service/target/log-service.jar", Path::of, "what to start")
                .option("jvm", "", text -> text, "options for the log service's JVM, with blanks between")
                .parseOrExit(args, Map.of());
        var path = settings.get("log-jar", Path.class);
        if (!Files.isRegularFile(path)) {
            System.err.println("there is no " + path.toAbsolutePath() + "; build it, or name it with --log-jar");
            System.exit(UNMEASURED);
        }
        var jar = new LogJar(path.toAbsolutePath(), words(settings.get("jvm", String.class), " "));
        var lines = lines(jar, settings.has("quick"), settings.get("gigabytes", Integer.class));
        var only = words(settings.get("only", String.class), ",");
        lines.keySet().removeIf(name -> !only.isEmpty() && !only.contains(name));
        var report = Report.begin();
        var ok = report.measure(lines);
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
        System.exit(ok ? 0 : UNMEASURED);
    }

    private static Map<String, Line> lines(LogJar jar, boolean quick, int gigabytes) {
        var is17 = Runtime.version().feature() < 21;
        var lines = new LinkedHashMap<String, Line>();
        lines.put("ingest", new IngestRate(jar, quick, is17 ? RECORDS_ON_17 : RECORDS));
        lines.put("posts", new PlainPosts(jar, quick));
        lines.put("queries", new LogQueries(jar, gigabytes));
        return lines;
    }

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator, -1)).filter(w -> !w.isBlank()).toList();
    }
}

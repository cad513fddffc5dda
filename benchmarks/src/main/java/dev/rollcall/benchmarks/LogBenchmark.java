package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.LogProcess.LogJar;
import dev.rollcall.host.SettingParsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code benchmarks.jar log}: the figures of the log service, measured on the real jar as a process. */
final class LogBenchmark {
    private static final double RECORDS_ON_17 = 250_000;
    private static final double RECORDS = 400_000;

    private LogBenchmark() {}

    /** Measures, prints and exits. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = BenchmarkMain.settings("log", "Measures the log service as a process.")
                .option(
                        "gigabytes",
                        "10",
                        SettingParsers.wholeNumber(1, 1_000),
                        "GB of lines that are stored before queries")
                .option("log-jar", "log-service/target/log-service.jar", Path::of, "what to start")
                .parseOrExit(args, Map.of());
        var jar = new LogJar(BenchmarkMain.jar(settings, "log-jar"), BenchmarkMain.jvmOptions(settings));
        var quick = settings.has("quick");
        var is17 = Runtime.version().feature() < 21;
        var groups = new LinkedHashMap<String, Case>();
        groups.put("ingest", new IngestRate(jar, quick, is17 ? RECORDS_ON_17 : RECORDS));
        groups.put("posts", new PlainPosts(jar, quick));
        groups.put("queries", new LogQueries(jar, settings.get("gigabytes", Integer.class)));
        BenchmarkMain.run(settings, groups);
    }
}

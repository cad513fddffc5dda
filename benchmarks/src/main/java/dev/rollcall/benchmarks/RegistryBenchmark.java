package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code benchmarks.jar registry}: the figures of the registry, each against the real jar as a process. */
final class RegistryBenchmark {
    private static final int UNMEASURED = 1;

    private final RegistryJar jar;
    private final boolean quick;
    private final boolean is17;

    private RegistryBenchmark(RegistryJar jar, boolean quick) {
        this.jar = jar;
        this.quick = quick;
        this.is17 = Runtime.version().feature() < 21;
    }

    /** Measures, prints, and ends the process: with status 0, or 1 if something could not be measured. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = Settings.of("benchmarks registry", "Measures the registry as a process.")
                .flag("quick", "fewer rounds, shorter stretches")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .option("only", "", text -> text, "only these groups, with commas between; all if empty")
                .option("registry-jar", "registry-service/target/registry-service.jar", Path::of, "what to start")
                .option("jvm", "", text -> text, "options for the registry's JVM, with blanks between")
                .parseOrExit(args, Map.of());
        var path = settings.get("registry-jar", Path.class);
        if (!Files.isRegularFile(path)) {
            System.err.println("there is no " + path.toAbsolutePath() + "; build it, or name it with --registry-jar");
            System.exit(UNMEASURED);
        }
        var jar = new RegistryJar(path.toAbsolutePath(), words(settings.get("jvm", String.class), " "));
        var benchmark = new RegistryBenchmark(jar, settings.has("quick"));
        var report = Report.begin();
        var lines = benchmark.lines();
        var only = words(settings.get("only", String.class), ",");
        lines.keySet().removeIf(name -> !only.isEmpty() && !only.contains(name));
        var ok = report.measure(lines);
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
        System.exit(ok ? 0 : UNMEASURED);
    }

    private Map<String, Line> lines() {
        var lines = new LinkedHashMap<String, Line>();
        lines.put("registrations", new RegistrationRate(jar, quick));
        lines.put("telling", new Telling(jar, quick));
        lines.put("kill", Death.byKill(jar, quick));
        lines.put("stop", Death.byStop(jar, quick));
        lines.put("crowd", new Crowd(jar, quick, is17 ? 0.8 : 0.5));
        lines.put("watch", new Watching(jar, quick));
        return lines;
    }

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator, -1)).filter(w -> !w.isBlank()).toList();
    }
}

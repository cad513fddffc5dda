package dev.rollcall.benchmarks;

import dev.rollcall.host.Settings;
import dev.rollcall.host.Settings.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The frame of each service's benchmark: parses its settings, measures the selected groups, prints the table. */
final class BenchmarkMain {
    private static final int UNMEASURED = 1;
    private static final int WRONG_SETTING = 2;

    private BenchmarkMain() {}

    /** Returns the settings that all benchmarks share, to which each adds its own. */
    static Settings settings(String name, String purpose) {
        return Settings.of("benchmarks " + name, purpose)
                .flag("quick", "fewer rounds, shorter stretches")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .option("only", "", text -> text, "only these groups, with commas between; all if empty")
                .option("jvm", "", text -> text, "options for the service's JVM, with blanks between");
    }

    /** Returns the jar to start; exits if it does not exist. */
    static Path jar(Parsed settings, String option) {
        var jar = settings.get(option, Path.class).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            System.err.println("there is no " + jar + "; build it, or name it with --" + option);
            System.exit(UNMEASURED);
        }
        return jar;
    }

    static List<String> jvmOptions(Parsed settings) {
        return words(settings.get("jvm", String.class), " ");
    }

    /**
     * Measures the selected groups, prints the table and exits: with status 0, 1 if something could not be measured, or
     * 2 if a selected group does not exist.
     *
     * @param groups by name, in the order of measuring
     */
    static void run(Parsed settings, Map<String, Case> groups) throws IOException, InterruptedException {
        var only = words(settings.get("only", String.class), ",");
        if (!groups.keySet().containsAll(only)) {
            System.err.println("--only takes any of " + String.join(",", groups.keySet()));
            System.exit(WRONG_SETTING);
        }
        var chosen = new LinkedHashMap<>(groups);
        chosen.keySet().removeIf(name -> !only.isEmpty() && !only.contains(name));
        var report = Report.begin();
        var ok = report.measure(chosen);
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
        System.exit(ok ? 0 : UNMEASURED);
    }

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator, -1)).filter(w -> !w.isBlank()).toList();
    }
}

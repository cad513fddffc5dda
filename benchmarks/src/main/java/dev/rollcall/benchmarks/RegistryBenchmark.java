package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.RegistryProcess.RegistryJar;
import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
                .option("only", "", Group::checked, "only these groups, with commas between; all if empty")
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
        var ok = benchmark.measure(report, words(settings.get("only", String.class), ","));
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
        System.exit(ok ? 0 : UNMEASURED);
    }

    private boolean measure(Report report, List<String> only) throws InterruptedException {
        var ok = true;
        for (var group : Group.values()) {
            if (!only.isEmpty() && !only.contains(group.text())) {
                continue;
            }
            System.err.println(group.text());
            try {
                group.line(this).measure(report);
            } catch (IOException e) {
                ok = false;
                System.err.println("  could not be measured: " + e.getMessage());
            }
        }
        return ok && report.measured() > 0;
    }

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator, -1)).filter(w -> !w.isBlank()).toList();
    }

    /** What {@code --only} chooses from, in the order in which it is measured. */
    private enum Group {
        REGISTRATIONS,
        TELLING,
        KILL,
        STOP,
        CROWD,
        CALLING,
        WATCH;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        Line line(RegistryBenchmark of) {
            return switch (this) {
                case REGISTRATIONS -> new RegistrationRate(of.jar, of.quick);
                case TELLING -> new Telling(of.jar, of.quick);
                case KILL -> Death.byKill(of.jar, of.quick);
                case STOP -> Death.byStop(of.jar, of.quick);
                case CROWD -> new Crowd(of.jar, of.quick, of.is17 ? 0.8 : 0.5);
                case CALLING -> new Calling(of.quick);
                case WATCH -> new Watching(of.jar, of.quick);
            };
        }

        /** The same text; {@link IllegalArgumentException} if it names a group that there isn't. */
        static String checked(String only) {
            var all = Stream.of(values()).map(Group::text).toList();
            if (!all.containsAll(words(only, ","))) {
                throw new IllegalArgumentException("allowed is any of " + String.join(",", all));
            }
            return only;
        }
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of one run, with the machine they were measured on, as a Markdown table and as JSON. */
final class Report {
    private final Map<String, Object> machine = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    private Report() {}

    static Report begin() throws IOException {
        var report = new Report();
        report.machine.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var version = Report.class.getPackage().getImplementationVersion();
        report.machine.put("rollcall", version == null ? "(not from a jar)" : version);
        report.machine.put("jdk", Runtime.version() + ", " + System.getProperty("java.vendor"));
        report.machine.put("cores", Runtime.getRuntime().availableProcessors());
        report.machine.put("processor", Procfs.processorModel());
        report.machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        report.machine.put(
                "openFilesMax", Procfs.openFilesMax(ProcessHandle.current().pid()));
        return report;
    }

    void add(Figure figure) {
        figures.add(figure);
        System.err.println("  " + figure.what() + ": " + figure.measured() + " " + figure.verdict());
    }

    /** Measures group by group; returns whether all could be measured. */
    boolean measure(Map<String, Case> groups) throws InterruptedException {
        var ok = true;
        for (var group : groups.entrySet()) {
            System.err.println(group.getKey());
            try {
                group.getValue().measure(this);
            } catch (IOException e) {
                ok = false;
                System.err.println("  could not be measured: " + e.getMessage());
            }
        }
        return ok && measured() > 0;
    }

    /** Returns how many values were measured. */
    int measured() {
        return figures.stream().mapToInt(f -> f.values().size()).sum();
    }

    String table() {
        var lines = new ArrayList<String>();
        machine.forEach((name, value) -> lines.add("- " + name + ": " + value));
        lines.add("");
        lines.add("| what | measured | must reach | | beside | note |");
        lines.add("|---|---|---|---|---|---|");
        for (var f : figures) {
            lines.add(
                    "| " + String.join(" | ", f.what(), f.measured(), f.mustReach(), f.verdict(), f.besides(), f.note())
                            + " |");
        }
        return String.join("\n", lines);
    }

    void writeJson(Path file) throws IOException {
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", machine);
        all.put("figures", figures.stream().map(Figure::asMap).toList());
        Files.write(file, Json.bytes(all));
    }
}

package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A large school: 10,000 students with 40 grades each. */
final class LargeGradebook implements Case {
    private static final String NAME = "large";
    private static final int STUDENTS = 10_000;
    private static final int ITEMS = 40;
    private static final List<String> TYPES = List.of("Test", "Quiz", "Homework", "Exam");
    private static final double PAGE_MILLIS_MAX = 10;
    private static final double STATISTICS_MILLIS_MAX = 50;
    private static final double START_MILLIS_MAX = 1_500;
    private static final double RESIDENT_MEBIBYTES_MAX = 256;

    private static final long REST_MILLIS = 10_000;

    private final Path jar;
    private final List<String> jvm;
    private final int requests;

    LargeGradebook(Path jar, List<String> jvm, boolean quick) {
        this.jar = jar;
        this.jvm = jvm;
        this.requests = quick ? 50 : 200;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        try (var scratch = Scratch.of("grading")) {
            try (var grading = start(scratch, "fill.txt")) {
                var took = millis(() -> grading.post("/students.csv", sheet()));
                report.add(Figure.of(NAME, "10,000 students and 400,000 grades from one sheet", "ms")
                        .with("", took));
                grading.stop();
            }
            var begin = System.nanoTime();
            try (var grading = start(scratch, "grading.txt")) {
                var listens = (System.nanoTime() - begin) / 1e6;
                grading.get("/students/5000");
                var answers = (System.nanoTime() - begin) / 1e6;
                report.add(Figure.of(NAME, "from the start", "ms")
                        .with("to listening", listens)
                        .atMost("to the first answer", answers, START_MILLIS_MAX));
                measure(report, grading, "list page of 50 by name", "/students?page=7&size=50", PAGE_MILLIS_MAX, false);
                measure(report, grading, "list page by average", "/students?sort=-average", PAGE_MILLIS_MAX, false);
                measure(report, grading, "grid page of 50", "/gradebook?page=9&size=50", PAGE_MILLIS_MAX, false);
                measure(report, grading, "search", "/students?q=mul", PAGE_MILLIS_MAX, false);
                measure(
                        report,
                        grading,
                        "page by average after a change",
                        "/students?sort=-average",
                        PAGE_MILLIS_MAX,
                        true);
                measure(
                        report,
                        grading,
                        "statistics of all items, after a change",
                        "/statistics",
                        STATISTICS_MILLIS_MAX,
                        true);
                measure(
                        report,
                        grading,
                        "of one item, after a change",
                        "/items/3/statistics",
                        STATISTICS_MILLIS_MAX,
                        true);
                grading.get("/students");
                grading.get("/students.csv");
                var busy = Procfs.residentMebibytes(grading.pid());
                // the memory of a busy minute is released after 3 s
                Pause.millis(REST_MILLIS);
                report.add(Figure.of(NAME, "in memory", "MiB")
                        .with("right after all that", busy)
                        .atMost("at rest", Procfs.residentMebibytes(grading.pid()), RESIDENT_MEBIBYTES_MAX));
            }
        }
    }

    private void measure(
            Report report, GradingProcess grading, String what, String path, double limit, boolean afterChange)
            throws IOException, InterruptedException {
        var sample = new Sample();
        var first = Double.NaN;
        for (var i = 0; i < requests; i++) {
            if (afterChange) {
                grading.post(
                        "/students/" + (1 + i) + "/grades",
                        "{\"Title\":\"Item 1\",\"Type\":\"Quiz\",\"Score\":" + i + "}");
            }
            var took = millis(() -> grading.get(path));
            first = Double.isNaN(first) ? took : first;
            sample.add(took);
        }
        report.add(Figure.of(NAME, what, "ms")
                .atMost("p50", sample.median(), limit)
                .with("p99", sample.percentile(99))
                .with("first", first));
    }

    private GradingProcess start(Scratch scratch, String output) throws IOException, InterruptedException {
        return GradingProcess.start(jar, jvm, scratch.resolve("data"), scratch.resolve(output));
    }

    private static String sheet() {
        var random = new Random(1);
        var sheet = new StringBuilder("ID,FirstName,LastName");
        for (var i = 0; i < ITEMS; i++) {
            sheet.append(",Item ")
                    .append(i)
                    .append(" (")
                    .append(TYPES.get(i % TYPES.size()))
                    .append(')');
        }
        sheet.append("\r\n");
        for (var i = 0; i < STUDENTS; i++) {
            sheet.append(",First").append(i).append(",Müller").append(random.nextInt(1_000_000));
            for (var item = 0; item < ITEMS; item++) {
                sheet.append(',').append(random.nextInt(201) / 2.0);
            }
            sheet.append("\r\n");
        }
        return sheet.toString();
    }

    private static double millis(Call call) throws IOException, InterruptedException {
        var start = System.nanoTime();
        call.make();
        return (System.nanoTime() - start) / 1e6;
    }

    @FunctionalInterface
    private interface Call {
        void make() throws IOException, InterruptedException;
    }
}

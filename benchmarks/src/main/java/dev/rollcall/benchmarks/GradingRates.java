package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the gradebook's requests per second, beside a server of the same package that stores nothing. */
final class GradingRates {
    private static final String GRADE = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";
    private static final double SHARE_MIN = 0.9;
    /** Odd, since the median of an even number is one of two values that may be far apart. */
    private static final int ROUNDS = 5;

    private static final int POSTS_MIN = 4_000;
    /** The target for the list, on this JDK and later ones. */
    private static final int LISTS_MIN = 42_000;

    private static final int RATED_FROM = 25;

    private final Path jar;
    private final List<String> jvm;
    private final int seconds;

    GradingRates(Path jar, List<String> jvm, boolean quick) {
        this.jar = jar;
        this.jvm = jvm;
        this.seconds = quick ? 2 : 5;
    }

    /** Alternates between both servers, since the machine's speed varies over time. */
    void list(Report report) throws IOException, InterruptedException {
        var real = new Sample();
        var bare = new Sample();
        var shares = new Sample();
        try (var scratch = Scratch.of("grading");
                var grading = start(scratch);
                var plain = plain(scratch, grading)) {
            Wrk.warm(grading.url() + "/students");
            Wrk.warm(plain.url() + "/students");
            for (var i = 0; i < ROUNDS; i++) {
                var ofReal = Wrk.rate(grading.url() + "/students", seconds);
                var ofBare = Wrk.rate(plain.url() + "/students", seconds);
                real.add(ofReal);
                bare.add(ofBare);
                shares.add(ofReal / ofBare);
            }
        }
        var isNewest = Runtime.version().feature() >= RATED_FROM;
        var figure = Figure.of("list", "GET /students, the five samples, wrk -t1 -c32", "a second");
        report.add((isNewest ? figure.atLeast("", real.median(), LISTS_MIN) : figure.with("", real.median()))
                .beside(new Baseline("a bare handler of the same bytes", "", bare.median())));
        report.add(Figure.of("list", "its share of the bare handler's, by turns", "")
                .atLeast("", shares.median(), SHARE_MIN));
    }

    void posts(Report report) throws IOException, InterruptedException {
        var real = new Sample();
        var bare = new Sample();
        var before = BareDisk.syncsASecond();
        try (var scratch = Scratch.of("grading");
                var grading = start(scratch);
                var plain = plain(scratch, grading)) {
            var path = "/students/1/grades";
            Wrk.posts(scratch, grading.url() + path, GRADE, seconds);
            Wrk.posts(scratch, plain.url() + path, GRADE, seconds);
            for (var i = 0; i < ROUNDS; i++) {
                real.add(Wrk.posts(scratch, grading.url() + path, GRADE, seconds));
                bare.add(Wrk.posts(scratch, plain.url() + path, GRADE, seconds));
            }
        }
        report.add(Figure.of("posts", "POST of a grade, synced, with its history, wrk -t1 -c32", "a second")
                .atLeast("", real.median(), POSTS_MIN)
                .beside(new Baseline("a list in memory behind the same server", "", bare.median()))
                .beside(new Baseline("one synced append at a time, before", "", before)));
    }

    private GradingProcess start(Scratch scratch) throws IOException, InterruptedException {
        return GradingProcess.start(jar, jvm, scratch.resolve("data"), scratch.resolve("grading.txt"));
    }

    private GradingProcess plain(Scratch scratch, GradingProcess grading) throws IOException, InterruptedException {
        var file = scratch.resolve("students.json");
        Files.write(file, grading.get("/students").body());
        return GradingProcess.bare(jvm, file, scratch.resolve("plain.txt"));
    }
}

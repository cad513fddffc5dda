package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Measures how many pages per second the portal renders, and how long a page of a large school takes. */
final class PageRates {
    private static final double PAGES_MIN = 5_000;
    private static final double LARGE_MILLIS_MAX = 50;
    private static final int STUDENTS = 10_000;
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);

    private final Path root;
    private final List<String> jvmOptions;
    private final int rounds;
    private final int seconds;
    private final HttpClient http = HttpClient.newHttpClient();

    PageRates(Path root, List<String> jvmOptions, boolean quick) {
        this.root = root;
        this.jvmOptions = jvmOptions;
        this.rounds = quick ? 3 : 5;
        this.seconds = quick ? 3 : 5;
    }

    /** Each page queries the grading service, alone or together with concurrent identical queries. */
    void students(Report report) throws IOException, InterruptedException {
        var rates = new Sample();
        var alone = new Sample();
        var various = new Sample();
        try (var scratch = Scratch.of("wrk");
                var suite = PortalSuite.start(root, jvmOptions)) {
            awaitPages(suite);
            Wrk.rate(suite.portal() + "/students", 2 * seconds);
            Wrk.various(scratch, suite.portal() + "/students", seconds);
            for (var i = 0; i < rounds; i++) {
                rates.add(Wrk.rate(suite.portal() + "/students", seconds));
                various.add(Wrk.various(scratch, suite.portal() + "/students", seconds));
                alone.add(Wrk.rate(suite.grading() + "/students", seconds));
            }
        }
        report.add(Figure.of("students", "/students, the samples, wrk -t1 -c32, everything on this machine", "a second")
                .atLeast("", rates.median(), PAGES_MIN)
                .with("lowest", rates.percentile(0))
                .beside(new Baseline("GET /students of the grading service itself", "", alone.median())));
        report.add(Figure.of("students", "/students, no shared queries: one query per page", "a second")
                .with("", various.median()));
    }

    /** The first page of 10,000 students, also right after a change, when nothing is cached. */
    void large(Report report) throws IOException, InterruptedException {
        var known = new Sample();
        var changed = new Sample();
        try (var suite = PortalSuite.start(root, jvmOptions)) {
            awaitPages(suite);
            post(suite.grading() + "/students.csv", "text/csv", sheet());
            for (var i = 0; i < 20 * rounds; i++) {
                known.add(millis(suite.portal() + "/students"));
                post(
                        suite.grading() + "/students/1/grades",
                        "application/json",
                        "{\"Title\":\"Quiz 9\",\"Type\":\"Quiz\",\"Score\":" + i + "}");
                changed.add(millis(suite.portal() + "/students"));
            }
        }
        report.add(Figure.of("large", "the first page of 10,000 students, nothing new", "ms")
                .atMost("p50", known.median(), LARGE_MILLIS_MAX)
                .with("p99", known.percentile(99)));
        report.add(Figure.of("large", "the same right after a change", "ms")
                .atMost("p50", changed.median(), LARGE_MILLIS_MAX)
                .with("p99", changed.percentile(99)));
    }

    private void awaitPages(PortalSuite suite) throws IOException, InterruptedException {
        var until = System.nanoTime() + REQUEST_LIMIT.toNanos();
        while (get(suite.portal() + "/students") != 200) {
            if (System.nanoTime() - until > 0) {
                throw new IOException("the portal returns no pages");
            }
            Pause.millis(50);
        }
    }

    private double millis(String url) throws IOException, InterruptedException {
        var begin = System.nanoTime();
        if (get(url) != 200) {
            throw new IOException(url + " returned no page");
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private int get(String url) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url)).timeout(REQUEST_LIMIT).build();
        return http.send(request, BodyHandlers.ofByteArray()).statusCode();
    }

    private void post(String url, String type, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(url + " responds with " + response.statusCode() + ": " + response.body());
        }
    }

    private static String sheet() {
        var sheet = new StringBuilder("ID,FirstName,LastName,Quiz 9 (Quiz)\r\n");
        for (var i = 0; i < STUDENTS; i++) {
            sheet.append(",First")
                    .append(i)
                    .append(",Last")
                    .append(i)
                    .append(',')
                    .append(i % 101)
                    .append("\r\n");
        }
        return sheet.toString();
    }
}

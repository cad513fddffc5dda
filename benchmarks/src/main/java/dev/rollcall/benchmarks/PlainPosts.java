package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.LogProcess.LogJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Measures how many plain records of one line are stored durably per second, each in its own request, 32 in flight. */
final class PlainPosts implements Case {
    private static final int CONNECTIONS = 32;
    private static final double AT_LEAST = 15_000;

    private final LogJar jar;
    private final Duration warmUp;
    private final Duration stretch;

    PlainPosts(LogJar jar, boolean quick) {
        this.jar = jar;
        this.warmUp = Duration.ofSeconds(quick ? 2 : 5);
        this.stretch = Duration.ofSeconds(quick ? 3 : 10);
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        var disk = BareDisk.syncsASecond();
        try (var log = LogProcess.start(jar)) {
            run(log, warmUp);
            var start = System.nanoTime();
            var posts = run(log, stretch);
            report.add(Figure.of("posts", "plain records of one line, synced, 32 connections", "a second")
                    .atLeast("", posts * 1e9 / (System.nanoTime() - start), AT_LEAST)
                    .note("%.0f MiB resident".formatted(log.residentMebibytes()))
                    .beside(new Baseline("one synced append at a time", "", disk)));
        }
    }

    private static long run(LogProcess log, Duration length) throws IOException, InterruptedException {
        var body = "[GradingService] - student 42 got a grade of 85.5 for the quiz of week 3\n";
        var request = ("POST /log HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        var end = System.nanoTime() + length.toNanos();
        return Parallel.sum(Parallel.tasks(CONNECTIONS, number -> {
            var posts = 0L;
            try (var connection = KeptConnection.to(log.port())) {
                while (System.nanoTime() - end < 0) {
                    connection.send(request);
                    posts++;
                }
            }
            return posts;
        }));
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.LogProcess.LogJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Queries over many GB of lines, logged evenly over a day by two shippers that may be hours apart. Then the service's
 * memory, with a small heap and the default one, while it stores records, serves queries and has a hundred followers.
 */
final class LogQueries implements Case {
    private static final String NAME = "queries";
    private static final int LINE_BYTES = 130;
    private static final int BATCH_LINES = 4_000;
    private static final int SHIPPERS = 2;
    private static final int ROUNDS = 7;
    private static final int TAILS = 100;
    private static final int QUIET_MILLIS = 500;
    private static final int READ_LIMIT_MILLIS = 120_000;
    private static final double FIRST_LINE_MILLIS = 200;
    private static final double RESIDENT_MEBIBYTES = 256;
    private static final long GIGABYTE = 1_000_000_000;
    private static final String SMALL_HEAP = "-Xmx128m";
    private static final Duration MEMORY_STRETCH = Duration.ofSeconds(15);
    private static final Pattern UNSEALED = Pattern.compile("rollcall_log_segments_unsealed (\\d+)");

    private final LogJar jar;
    private final int gigabytes;

    LogQueries(LogJar jar, int gigabytes) {
        this.jar = jar;
        this.gigabytes = gigabytes;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        try (var log = LogProcess.start(jar, SMALL_HEAP)) {
            store(log, report);
            report.add(
                    Figure.of(NAME, "start, " + gigabytes + " GB stored", "ms").with("", log.startAgain(SMALL_HEAP)));
            query(log, report, "service, level and the last hour", "service=GradingService&level=ERROR&since=1h", true);
            query(log, report, "the newest 100", "", false);
            query(log, report, "all errors of the last hour", "level=ERROR&since=1h&limit=1000000", false);
            query(log, report, "a text that is nowhere", "contains=xyzzyplugh", false);
            report.add(Figure.of(NAME, "counts by level over the day", "ms")
                    .with("", whole(log, "/log/counts?since=24h&buckets=96").totalMillis()));
            measureMemory(log, report, "with " + SMALL_HEAP);
            log.startAgain();
            measureMemory(log, report, "with the default heap");
        }
    }

    private void store(LogProcess log, Report report) throws IOException, InterruptedException {
        var batches = gigabytes * GIGABYTE / (LINE_BYTES * BATCH_LINES);
        var start = System.nanoTime();
        var begin = Instant.now().minus(Duration.ofDays(1));
        Parallel.sum(Parallel.tasks(SHIPPERS, number -> {
            var batch = new BatchRequest(LINE_BYTES, BATCH_LINES, new Random(number));
            try (var connection = KeptConnection.to(log.port())) {
                for (var i = (long) number; i < batches; i += SHIPPERS) {
                    batch.time(begin.plusMillis(Duration.ofDays(1).toMillis() * i / batches), 1);
                    connection.send(batch.next());
                }
            }
            return batches;
        }));
        var stored = (System.nanoTime() - start) / 1e9;
        var resident = log.residentMebibytes();
        while (unsealed(log) > 0) {
            Pause.millis(200);
        }
        report.add(Figure.of(NAME, gigabytes + " GB stored, with " + SMALL_HEAP, "s")
                .with("stored", stored)
                .with("compressed", (System.nanoTime() - start) / 1e9)
                .note("%.0f MiB resident after storing".formatted(resident))
                .note("%.0f MiB after compressing".formatted(log.residentMebibytes())));
    }

    private static void query(LogProcess log, Report report, String what, String query, boolean isRequired)
            throws IOException {
        var first = new Sample();
        var total = new Sample();
        var lines = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            var timing = whole(log, "/log?" + query);
            first.add(timing.firstMillis());
            total.add(timing.totalMillis());
            lines = timing.lines();
        }
        var figure = Figure.of(NAME, "query: " + what + ", until the first line", "ms");
        report.add((isRequired
                        ? figure.atMost("p50", first.median(), FIRST_LINE_MILLIS)
                        : figure.with("p50", first.median()))
                .with("slowest", first.worst())
                .with("whole answer", total.median())
                .note(lines + " lines"));
    }

    /** Measures the memory while all of this happens at once. */
    private void measureMemory(LogProcess log, Report report, String how) throws IOException, InterruptedException {
        var end = System.nanoTime() + MEMORY_STRETCH.toNanos();
        var worst = new double[1];
        var queried = new long[1];
        var stored = Parallel.sum(Parallel.tasks(TAILS + 3, number -> {
            if (number < TAILS) {
                return follow(log, end);
            }
            if (number == TAILS) {
                return ship(log, end);
            }
            while (System.nanoTime() - end < 0) {
                if (number == TAILS + 1) {
                    worst[0] = Math.max(worst[0], log.residentMebibytes());
                    TimeUnit.MILLISECONDS.sleep(50);
                } else {
                    whole(log, "/log?contains=grade&service=PortalService&limit=20000");
                    queried[0]++;
                }
            }
            return 0;
        }));
        report.add(Figure.of("memory", "resident, " + how + ", taking in, queried, 100 tails", "MiB")
                .atMost("", worst[0], RESIDENT_MEBIBYTES)
                .note(queried[0] + " queries over " + gigabytes + " GB")
                .note(stored + " records taken in"));
    }

    private static long ship(LogProcess log, long end) throws IOException {
        var batch = new BatchRequest(LINE_BYTES, BATCH_LINES, new Random(1_000));
        var records = 0L;
        try (var connection = KeptConnection.to(log.port())) {
            while (System.nanoTime() - end < 0) {
                batch.time(Instant.now(), 1);
                connection.send(batch.next());
                records += batch.lines();
            }
        }
        return records;
    }

    private static long follow(LogProcess log, long end) throws IOException {
        var request = "GET /log?follow=true&limit=0 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var buffer = new byte[16 << 10];
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), log.port())) {
            socket.setSoTimeout(QUIET_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var isOpen = true;
            while (isOpen && System.nanoTime() - end < 0) {
                isOpen = readSome(socket.getInputStream(), buffer);
            }
        }
        return 0;
    }

    private static boolean readSome(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer) >= 0;
        } catch (SocketTimeoutException e) {
            // nothing new for a moment
            return true;
        }
    }

    private static long unsealed(LogProcess log) throws IOException {
        try (var in = open(log, "/metrics").getInputStream()) {
            var match = UNSEALED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!match.find()) {
                throw new IOException("the log service does not report how many segments are to be compressed");
            }
            return Long.parseLong(match.group(1));
        }
    }

    private static Timing whole(LogProcess log, String path) throws IOException {
        var start = System.nanoTime();
        try (var in = open(log, path).getInputStream()) {
            var buffer = new byte[64 << 10];
            var count = in.read(buffer);
            var first = (System.nanoTime() - start) / 1e6;
            var lines = 0L;
            while (count >= 0) {
                for (var i = 0; i < count; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                count = in.read(buffer);
            }
            return new Timing(first, (System.nanoTime() - start) / 1e6, lines);
        }
    }

    private static HttpURLConnection open(LogProcess log, String path) throws IOException {
        var url = URI.create("http://localhost:" + log.port() + path).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(READ_LIMIT_MILLIS);
        return connection;
    }

    private record Timing(double firstMillis, double totalMillis, long lines) {}
}

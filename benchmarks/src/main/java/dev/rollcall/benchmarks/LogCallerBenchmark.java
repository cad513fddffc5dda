package dev.rollcall.benchmarks;

import dev.rollcall.host.SettingParsers;
import dev.rollcall.host.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code benchmarks.jar log-caller}: what a call of {@code logger.info} costs through our appender, with the log
 * service up, away and stalled, beside other appenders. Each runs in a process of its own, all in the same run.
 */
final class LogCallerBenchmark {
    private static final Pattern PORTS = Pattern.compile("ports (\\d+) (\\d+)");
    private static final Pattern MEASURED =
            Pattern.compile("measured ([\\d.]+) ([\\d.]+) ([\\d.]+) ([\\d.]+) (-?\\d+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final double P99_MICROS_MAX = 10;
    private static final String OURS = "ours";

    private final int calls;
    private final int rate;

    private LogCallerBenchmark(int calls, int rate) {
        this.calls = calls;
        this.rate = rate;
    }

    /** Measures and prints. */
    static void run(String[] args) throws IOException, InterruptedException {
        var settings = Settings.of("benchmarks log-caller", "Measures what logging costs the caller.")
                .option(
                        "calls",
                        "200000",
                        SettingParsers.wholeNumber(1_000, 10_000_000),
                        "calls measured through each appender")
                .option("rate", "20000", SettingParsers.wholeNumber(100, 1_000_000), "calls a second")
                .option("json", "", text -> text, "file for the figures as JSON; none if empty")
                .parseOrExit(args, Map.of());
        var report = Report.begin();
        var benchmark =
                new LogCallerBenchmark(settings.get("calls", Integer.class), settings.get("rate", Integer.class));
        var directory = Files.createTempDirectory("rollcall-log-caller-");
        try {
            benchmark.measure(report, directory);
        } finally {
            delete(directory);
        }
        System.out.println(report.table());
        var json = settings.get("json", String.class);
        if (!json.isEmpty()) {
            report.writeJson(Path.of(json));
        }
    }

    private void measure(Report report, Path directory) throws IOException, InterruptedException {
        for (var state : List.of("up", "away", "stalled")) {
            try (var sink =
                    Child.startSelf(directory.resolve("sink-" + state), List.of(), List.of("log-sink", state))) {
                var ports = sink.awaitLine(PORTS, START_LIMIT);
                var http = Integer.parseInt(ports.group(1));
                var tcp = Integer.parseInt(ports.group(2));
                if (state.equals("away")) {
                    sink.kill();
                }
                for (var appender :
                        appenders(directory.resolve(state), http, tcp).entrySet()) {
                    if (state.equals("up") || !appender.getKey().contains("file")) {
                        measure(report, directory, state, appender.getKey(), appender.getValue());
                    }
                }
            }
        }
    }

    private void measure(Report report, Path directory, String state, String name, String xml)
            throws IOException, InterruptedException {
        var limit = START_LIMIT.plusSeconds(10 * (calls + 100_000L) / rate);
        var arguments = List.of("log-call", xml, Integer.toString(calls), Integer.toString(rate));
        try (var caller = Child.startSelf(directory.resolve("caller"), List.of("-Xmx256m"), arguments)) {
            var measured = caller.awaitLine(MEASURED, limit);
            var figure = Figure.of("log-caller", name + ", " + state, "µs").with("p50", number(measured.group(1)));
            figure = name.equals(OURS)
                    ? figure.atMost("p99", number(measured.group(2)), P99_MICROS_MAX)
                    : figure.with("p99", number(measured.group(2)));
            report.add(figure.with("p99.9", number(measured.group(3)))
                    .with("worst", number(measured.group(4)))
                    .note(measured.group(5) + " bytes allocated a call"));
        }
    }

    /** Returns the appenders' configurations. All write about the same: time, level, thread, logger, message. */
    private static Map<String, String> appenders(Path directory, int http, int tcp) {
        var pattern = "<pattern>%d{yyyy-MM-dd HH:mm:ss.SSS} [%thread] %-5level %logger - %msg%n</pattern>";
        var json = "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>";
        var appenders = new LinkedHashMap<String, String>();
        appenders.put(
                OURS,
                "<appender name='measured' class='dev.rollcall.shipping.LogServiceAppender'>"
                        + "<url>http://127.0.0.1:" + http + "</url><service>Benchmark</service><spill>"
                        + directory.resolve("spill") + "</spill></appender>");
        appenders.put(
                "logback's file appender",
                "<appender name='measured' class='ch.qos.logback.core.FileAppender'><file>"
                        + directory.resolve("plain.log") + "</file><encoder>" + pattern + "</encoder></appender>");
        appenders.put(
                "loki4j 2.1",
                "<appender name='measured' class='com.github.loki4j.logback.Loki4jAppender'>"
                        + "<http><url>http://127.0.0.1:" + http + "/loki/api/v1/push</url></http></appender>");
        appenders.put(
                "logstash-logback-encoder 9.0, TCP",
                "<appender name='measured' class='net.logstash.logback.appender.LogstashTcpSocketAppender'>"
                        + "<destination>127.0.0.1:" + tcp + "</destination>" + json + "</appender>");
        appenders.put(
                "logstash-logback-encoder 9.0, async file",
                "<appender name='measured' class='net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender'>"
                        + "<appender class='ch.qos.logback.core.FileAppender'><file>"
                        + directory.resolve("async.log") + "</file>" + json + "</appender></appender>");
        return appenders;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

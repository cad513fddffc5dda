package dev.rollcall.benchmarks;

import java.util.Arrays;

/**
 * Measures Rollcall: {@code java -jar benchmarks.jar} with {@code registry}, {@code grading}, {@code portal},
 * {@code log} or {@code log-caller}; {@code jmh} measures the hot paths of the registry's core.
 */
public final class Benchmarks {
    private static final int MISUSED = 2;

    private Benchmarks() {}

    /** Runs the mode named by the first argument. Modes missing from the usage are processes that other modes start. */
    public static void main(String[] args) throws Exception {
        var rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (args.length == 0 ? "" : args[0]) {
            case "registry" -> RegistryBenchmark.run(rest);
            case "grading" -> GradingBenchmark.run(rest);
            case "portal" -> PortalBenchmark.run(rest);
            case "gradebook" -> PlainGradebook.run(rest);
            case "log-caller" -> LogCallerBenchmark.run(rest);
            case "log-call" -> LogCaller.run(rest);
            case "log-sink" -> LogSink.run(rest);
            case "log" -> LogBenchmark.run(rest);
            case "jmh" -> org.openjdk.jmh.Main.main(rest);
            case "sender" -> BareSender.run(rest);
            case "caller" -> CallerProcess.run(rest);
            case "provider" -> TinyProvider.run();
            default -> {
                System.err.println(
                        "usage: java -jar benchmarks.jar registry|grading|portal|log|log-caller|jmh [--setting value]…, such as --help");
                System.exit(MISUSED);
            }
        }
    }
}

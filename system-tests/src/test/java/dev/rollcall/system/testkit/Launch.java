package dev.rollcall.system.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a program is started: on the JDK that runs the tests, without additions from the tests' environment.
 *
 * @param jvmFlags before {@code -jar}
 * @param arguments after the jar
 * @param environment added to the environment
 * @param isWithoutInput whether standard input is {@code /dev/null}
 */
public record Launch(
        Program program,
        List<String> jvmFlags,
        List<String> arguments,
        Map<String, String> environment,
        boolean isWithoutInput) {
    /** Halve the processor time of a start; the tests start some hundred processes. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    /** Copies the collections. */
    public Launch {
        jvmFlags = List.copyOf(jvmFlags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Creates a launch with flags for a quick start. */
    public static Launch quick(Program program, String... arguments) {
        return new Launch(program, QUICK, List.of(arguments), Map.of(), false);
    }

    /** Creates a plain launch: {@code java -jar}. */
    public static Launch plain(Program program, String... arguments) {
        return new Launch(program, List.of(), List.of(arguments), Map.of(), false);
    }

    /** Returns the same with more arguments. */
    public Launch with(String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Launch(program, jvmFlags, all, environment, isWithoutInput);
    }

    /** Returns the same with one more environment variable. */
    public Launch withEnvironment(String name, String value) {
        return new Launch(program, jvmFlags, arguments, Map.of(name, value), isWithoutInput);
    }

    /** Returns the same without standard input. */
    public Launch withoutInput() {
        return new Launch(program, jvmFlags, arguments, environment, true);
    }

    /** Returns the value of an argument, {@code --name value}; empty if it is missing. */
    public String argument(String name) {
        var at = arguments.lastIndexOf(name);
        return at < 0 ? "" : arguments.get(at + 1);
    }

    Process start() {
        var command = new ArrayList<String>();
        if (isInterruptIgnored()) {
            // a JVM keeps ignoring the signals that its parent ignores, as the background jobs of a shell do
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", program.jar().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ROLLCALL_")
                        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                                .contains(name));
        builder.environment().putAll(environment);
        if (isWithoutInput) {
            builder.redirectInput(new File("/dev/null"));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInterruptIgnored() {
        try {
            var sigInt = 1L << 1;
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring("SigIgn:".length()).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & sigInt) != 0);
        } catch (IOException e) {
            // not Linux
            return false;
        }
    }
}

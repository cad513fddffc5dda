package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Java process started by this one, on the same JDK and without {@code ROLLCALL_} variables. Ended by {@link #close},
 * and with this process at the latest.
 */
final class Child implements AutoCloseable {
    private static final long END_SECONDS = 10;
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path output;
    private final Thread hook;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts {@code java} with these arguments; its output goes into the file. */
    static Child start(Path output, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ROLLCALL_"));
        var process = builder.start();
        try {
            return new Child(process, output);
        } catch (IllegalStateException e) {
            process.destroyForcibly();
            throw new IOException("this process is ending", e);
        }
    }

    /** Starts this benchmark's own jar in one of its modes. */
    static Child startSelf(Path output, List<String> jvmOptions, List<String> arguments) throws IOException {
        var command = new ArrayList<>(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Benchmarks.class.getName());
        command.addAll(arguments);
        return start(output, command);
    }

    /** Waits until the output matches. */
    MatchResult awaitLine(Pattern wanted, Duration limit) throws IOException, InterruptedException {
        var until = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - until < 0) {
            var matcher = wanted.matcher(Files.readString(output));
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("did not print \"" + wanted + "\" but: " + Files.readString(output));
    }

    /** Writes a byte to its standard input. */
    void write(int next) throws IOException {
        process.getOutputStream().write(next);
        process.getOutputStream().flush();
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM and waits for the exit; returns {@code false} after 20 s. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends SIGKILL without waiting for the exit. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends a signal by name. */
    void signal(String name) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // in a Turkish locale, procps does not find CONT among its names
        builder.environment().put("LC_ALL", "C");
        var kill = builder.start();
        if (!kill.waitFor(END_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }
}

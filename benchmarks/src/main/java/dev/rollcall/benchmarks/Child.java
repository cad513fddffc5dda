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
 * A Java process that this one started, on the same JDK, with the settings of nobody's environment. Ended by
 * {@link #close}, and with this process at the latest.
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

    /** Starts {@code java} with these arguments; what it prints goes into the file. */
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

    /** Starts this benchmark's own jar, in one of its modes. */
    static Child startSelf(Path output, List<String> jvmOptions, List<String> arguments) throws IOException {
        var command = new ArrayList<>(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Benchmarks.class.getName());
        command.addAll(arguments);
        return start(output, command);
    }

    /** Waits until it has printed this. */
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

    /** Asks it to stop, and waits for that; {@code false} if it takes too long. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** {@code kill -9}, without waiting for the end. */
    void kill() {
        process.destroyForcibly();
    }

    /** {@code kill} with a signal's name. */
    void signal(String name) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // in Turkish, procps doesn't find CONT among its names
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
            // this process is ending, and the hook is at work
        }
    }
}

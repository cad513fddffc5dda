package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The real log service's jar as a process, on a free port, with a data directory of its own. */
final class LogProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENS = Pattern.compile("listens on http://localhost:(\\d+)");

    private final LogJar jar;
    private final Scratch scratch;
    private Child child;
    private int port;

    private LogProcess(LogJar jar, Scratch scratch, Child child) {
        this.jar = jar;
        this.scratch = scratch;
        this.child = child;
    }

    /** Starts it with further JVM options. */
    static LogProcess start(LogJar jar, String... jvmOptions) throws IOException, InterruptedException {
        var scratch = Scratch.of("log");
        var log = new LogProcess(jar, scratch, jar.with(jvmOptions).startIn(scratch));
        try {
            log.awaitPort();
            return log;
        } catch (IOException | InterruptedException e) {
            log.close();
            throw e;
        }
    }

    /** Kills it and starts it again with further JVM options; returns the milliseconds until it listens. */
    double startAgain(String... jvmOptions) throws IOException, InterruptedException {
        child.close();
        var start = System.nanoTime();
        child = jar.with(jvmOptions).startIn(scratch);
        awaitPort();
        return (System.nanoTime() - start) / 1e6;
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    double residentMebibytes() throws IOException {
        return Procfs.residentMebibytes(pid());
    }

    /** Returns the processor time it has used, in seconds. */
    double cpuSeconds() throws IOException {
        return Procfs.cpuSeconds(pid());
    }

    @Override
    public void close() {
        stop();
        scratch.close();
    }

    /** Kills it. Stops it with SIGTERM first if {@code --jvm} may have started a recording. */
    private void stop() {
        try (var ending = child) {
            if (!jar.jvmOptions().isEmpty() && !ending.stop()) {
                System.err.println("  the log service did not stop on SIGTERM and is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        port = Integer.parseInt(child.awaitLine(LISTENS, START_LIMIT).group(1));
    }

    /** The jar to start. */
    record LogJar(Path path, List<String> jvmOptions) {
        LogJar {
            jvmOptions = List.copyOf(jvmOptions);
        }

        LogJar with(String... more) {
            var all = new ArrayList<>(jvmOptions);
            all.addAll(List.of(more));
            return new LogJar(path, all);
        }

        private Child startIn(Scratch scratch) throws IOException {
            var arguments = new ArrayList<>(jvmOptions);
            arguments.addAll(List.of("-jar", path.toString(), "--port", "0", "--registry", "http://localhost:9"));
            arguments.addAll(List.of("--data", scratch.resolve("data").toString()));
            return Child.start(scratch.resolve("output.txt"), arguments);
        }
    }
}

package dev.rollcall.system.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** One running process of a program. Thread-safe. */
public final class Service implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // for when the tests themselves are stopped
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Launch launch;
    private final Process process;
    private final OutputLog output;
    private final OutputLog errors;

    private Service(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.output = OutputLog.of(process.inputReader(), launch.program().file() + "-output");
        this.errors = OutputLog.of(process.errorReader(), launch.program().file() + "-errors");
    }

    /** Starts a process without waiting for it. */
    public static Service start(Launch launch) {
        var process = launch.start();
        RUNNING.add(process);
        return new Service(launch, process);
    }

    /** Returns how it was started. */
    public Launch launch() {
        return launch;
    }

    /** Returns the program that it runs. */
    public Program program() {
        return launch.program();
    }

    /** Returns its URL, from the line that it prints; waits for that line. */
    public String url() throws InterruptedException {
        var prefix = program().service() + " listens on ";
        try {
            return output.await("\"" + prefix + "…\"", line -> line.startsWith(prefix), START_LIMIT)
                    .substring(prefix.length());
        } catch (AssertionError e) {
            throw new AssertionError(this + " doesn't listen\n" + transcript(), e);
        }
    }

    /** Returns the port of {@link #url()}. */
    public int port() throws InterruptedException {
        var url = url();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns its standard output. */
    public OutputLog output() {
        return output;
    }

    /** Returns its standard error. */
    public OutputLog errors() {
        return errors;
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Presses Enter at its terminal. */
    public void pressEnter() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends SIGTERM. By the handle, since the process's own method closes its streams too. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGINT, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Sends SIGSTOP: the process stops, and its connections stay open. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Sends SIGCONT: the process resumes. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("kill", "-" + name, Long.toString(pid()));
        // in Turkish, procps doesn't find CONT among its names
        builder.environment().put("LC_ALL", "C");
        var kill = builder.start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " ended with " + kill.exitValue() + ": " + this);
        }
    }

    /** Sends SIGKILL, and waits until the process is gone. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(this + " survives a kill");
        }
        RUNNING.remove(process);
    }

    /** Returns whether it ends within the limit. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits for its end and all its output; returns its exit status, or throws {@link AssertionError}. */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!endsWithin(limit)) {
            throw new AssertionError(this + " has not ended within " + limit + "\n" + transcript());
        }
        RUNNING.remove(process);
        output.awaitEnd(END_LIMIT);
        errors.awaitEnd(END_LIMIT);
        return process.exitValue();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns its output so far. */
    public String transcript() {
        return "--- " + this + ", output\n" + String.join("\n", output.lines()) + "\n--- errors\n"
                + String.join("\n", errors.lines());
    }

    @Override
    public String toString() {
        return program().file() + " (process " + pid() + ")";
    }
}

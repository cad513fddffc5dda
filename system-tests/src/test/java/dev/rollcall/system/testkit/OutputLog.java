package dev.rollcall.system.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The lines that a process writes, with waiting for a line. Thread-safe. */
public final class OutputLog {
    private static final int LINES_MAX = 10_000;

    private final List<String> lines = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    private OutputLog() {}

    /** Collects what the reader returns, read to its end by a thread of its own. */
    public static OutputLog of(BufferedReader reader, String threadName) {
        var log = new OutputLog();
        var thread = new Thread(() -> log.readAll(reader), threadName);
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    /** Returns the lines so far. */
    public List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first matching line; {@link AssertionError} if it doesn't come. */
    public String await(String what, Predicate<String> wanted, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var nanos = limit.toNanos();
            var seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                if (ended || nanos <= 0) {
                    throw new AssertionError("no line " + what + (ended ? " until the end" : " in time") + " in\n"
                            + String.join("\n", lines));
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the process has closed its output; returns all lines. */
    public List<String> awaitEnd(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var nanos = limit.toNanos();
            while (!ended) {
                if (nanos <= 0) {
                    throw new AssertionError("the output has not ended in time");
                }
                nanos = changed.awaitNanos(nanos);
            }
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    private void readAll(BufferedReader reader) {
        try (reader) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(can't be read on: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            if (lines.size() < LINES_MAX) {
                lines.add(line);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

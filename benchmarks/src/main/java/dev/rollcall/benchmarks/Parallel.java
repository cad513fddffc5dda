package dev.rollcall.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that do the same at once. */
final class Parallel {
    private Parallel() {}

    /** Runs all at once; returns what they did together. */
    static long sum(List<Callable<Long>> tasks) throws IOException, InterruptedException {
        var threads = Executors.newFixedThreadPool(tasks.size());
        try {
            var sum = 0L;
            for (Future<Long> done : threads.invokeAll(tasks)) {
                sum += done.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException("one of those at work failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** So many tasks, each made by its number. */
    static List<Callable<Long>> tasks(int count, Numbered maker) {
        var tasks = new ArrayList<Callable<Long>>();
        for (var i = 0; i < count; i++) {
            var number = i;
            tasks.add(() -> maker.work(number));
        }
        return tasks;
    }

    /** What one of them does. */
    @FunctionalInterface
    interface Numbered {
        long work(int number) throws Exception;
    }
}

package dev.rollcall.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same task on several threads at once. */
final class Parallel {
    private Parallel() {}

    /** Runs all tasks at once and returns the sum of their results. */
    static long sum(List<Callable<Long>> tasks) throws IOException, InterruptedException {
        var threads = Executors.newFixedThreadPool(tasks.size());
        try {
            var sum = 0L;
            for (Future<Long> done : threads.invokeAll(tasks)) {
                sum += done.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException("a parallel task failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Creates so many tasks, each from its number. */
    static List<Callable<Long>> tasks(int count, Numbered maker) {
        var tasks = new ArrayList<Callable<Long>>();
        for (var i = 0; i < count; i++) {
            var number = i;
            tasks.add(() -> maker.work(number));
        }
        return tasks;
    }

    /** The work of one task. */
    @FunctionalInterface
    interface Numbered {
        long work(int number) throws Exception;
    }
}

package dev.rollcall.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;

/**
 * Loads a service until its rate is steady, since the JVM's compilers share two cores with everything else and would be
 * measured too. Steady means three consecutive windows of at least a second whose rates differ by at most 10 %.
 */
final class WarmUp {
    private static final int ALIKE = 3;
    private static final double APART_MAX = 0.10;
    private final Duration limit;
    private final Deque<Double> rates = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private double seconds;

    private WarmUp(Duration limit) {
        this.limit = limit;
    }

    /** Adds a window's rate; returns whether another window is needed. */
    private boolean continues(double rate) {
        seconds = (System.nanoTime() - start) / 1e9;
        rates.addLast(rate);
        if (rates.size() > ALIKE) {
            rates.removeFirst();
        }
        return !isSteady() && seconds < limit.toSeconds();
    }

    private boolean isSteady() {
        return rates.size() == ALIKE && Collections.max(rates) <= Collections.min(rates) * (1 + APART_MAX);
    }

    /** Returns a description for the table. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "after %.0f s of warm-up%s", seconds, isSteady() ? "" : ", not steady yet");
    }

    /** Loads the service window by window, at most until the limit. */
    static WarmUp by(Window window, Duration limit) throws IOException, InterruptedException {
        var warmUp = new WarmUp(limit);
        while (warmUp.continues(window.rate())) {
            System.err.printf("  warming up, %.0f s%n", warmUp.seconds);
        }
        return warmUp;
    }

    /** A stretch of load. */
    @FunctionalInterface
    interface Window {
        /** Returns the rate over at least a second. */
        double rate() throws IOException, InterruptedException;
    }
}

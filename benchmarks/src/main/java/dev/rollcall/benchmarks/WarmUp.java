package dev.rollcall.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;

/**
 * Loads a service until its rate is steady: the JVM's compilers, which share two cores with all the rest, would be
 * measured otherwise. Steady are three windows in a row of a second or more each whose rates differ by 10 % at most.
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

    /** Takes the next window's rate; whether to go on with another one. */
    private boolean isToGoOn(double rate) {
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

    /** How it went, for the table. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "after %.0f s of warm-up%s", seconds, isSteady() ? "" : ", not steady yet");
    }

    /** Loads it, window after window, for as long as the limit at most. */
    static WarmUp by(Window window, Duration limit) throws IOException, InterruptedException {
        var warmUp = new WarmUp(limit);
        while (warmUp.isToGoOn(window.rate())) {
            System.err.printf("  warming up, %.0f s%n", warmUp.seconds);
        }
        return warmUp;
    }

    /** A stretch of load. */
    @FunctionalInterface
    interface Window {
        /** The rate of at least a second. */
        double rate() throws IOException, InterruptedException;
    }
}

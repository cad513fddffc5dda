package dev.rollcall.benchmarks;

import java.util.Arrays;

/** Measured values of one kind. */
final class Sample {
    private double[] values = new double[64];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    double median() {
        return percentile(50);
    }

    double worst() {
        return percentile(100);
    }

    /** Returns the smallest value that is not exceeded by so many percent of the values; NaN if there is none. */
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        var rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(0, rank - 1)];
    }
}

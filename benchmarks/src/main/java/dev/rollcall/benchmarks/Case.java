package dev.rollcall.benchmarks;

import java.io.IOException;

/** A group of figures that are measured together. It starts what it needs and stops it again. */
@FunctionalInterface
interface Case {
    void measure(Report report) throws IOException, InterruptedException;
}

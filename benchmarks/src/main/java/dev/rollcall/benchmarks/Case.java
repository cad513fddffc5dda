package dev.rollcall.benchmarks;

import java.io.IOException;

/** A group of figures that are measured together; starts what it needs and ends it. */
@FunctionalInterface
interface Case {
    void measure(Report report) throws IOException, InterruptedException;
}

package dev.rollcall.benchmarks;

/** What several rounds over the same dependants gave, in milliseconds. */
record Rounds(Sample p50, Sample p99, Sample last) {
    Rounds() {
        this(new Sample(), new Sample(), new Sample());
    }

    void add(Sample round) {
        add(round.median(), round.percentile(99), round.worst());
    }

    void add(double median, double almostAll, double worst) {
        p50.add(median);
        p99.add(almostAll);
        last.add(worst);
    }
}

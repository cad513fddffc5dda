package dev.rollcall.benchmarks;

/** The results of several rounds over the same dependants, in milliseconds. */
record Rounds(Sample p50, Sample p99, Sample last) {
    Rounds() {
        this(new Sample(), new Sample(), new Sample());
    }

    void add(Sample round) {
        p50.add(round.median());
        p99.add(round.percentile(99));
        last.add(round.worst());
    }
}

package dev.rollcall.benchmarks;

import dev.rollcall.benchmarks.Figure.Baseline;
import dev.rollcall.benchmarks.LogProcess.LogJar;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** Measures how many records per second are stored durably, in batches of 512 KiB, one in flight per shipper. */
final class IngestRate implements Case {
    private static final int BATCH_BYTES = 512 << 10;
    private static final int[] SHIPPERS = {1, 4, 16};
    private static final int[] LINE_BYTES = {130, 1_024};

    private final LogJar jar;
    private final Duration warmUp;
    private final Duration stretch;
    private final double atLeast;

    IngestRate(LogJar jar, boolean quick, double atLeast) {
        this.jar = jar;
        this.warmUp = Duration.ofSeconds(quick ? 2 : 5);
        this.stretch = Duration.ofSeconds(quick ? 3 : 10);
        this.atLeast = atLeast;
    }

    @Override
    public void measure(Report report) throws IOException, InterruptedException {
        for (var lineBytes : LINE_BYTES) {
            for (var shippers : SHIPPERS) {
                report.add(measure(lineBytes, shippers));
            }
        }
    }

    private Figure measure(int lineBytes, int shippers) throws IOException, InterruptedException {
        var disk = BareDisk.mebibytesASecond(BATCH_BYTES);
        try (var log = LogProcess.start(jar)) {
            run(log, lineBytes, shippers, warmUp);
            var cpu = log.cpuSeconds();
            var start = System.nanoTime();
            var records = run(log, lineBytes, shippers, stretch);
            var seconds = (System.nanoTime() - start) / 1e9;
            var rate = records / seconds;
            var what = "records of " + lineBytes + " bytes stored durably, batches of " + shippers
                    + (shippers == 1 ? " shipper" : " shippers");
            var figure = Figure.of("ingest", what, "a second");
            return (lineBytes == LINE_BYTES[0] && shippers > 1
                            ? figure.atLeast("", rate, atLeast)
                            : figure.with("", rate))
                    .note("%.0f MB/s".formatted(rate * lineBytes / 1e6))
                    .note("%.1f processors".formatted((log.cpuSeconds() - cpu) / seconds))
                    .note("%.0f MiB resident".formatted(log.residentMebibytes()))
                    .beside(new Baseline("bare synced appends of 512 KiB", "", disk * (1 << 20) / lineBytes));
        }
    }

    private static long run(LogProcess log, int lineBytes, int shippers, Duration length)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + length.toNanos();
        return Parallel.sum(Parallel.tasks(shippers, number -> {
            var batch = new BatchRequest(lineBytes, BATCH_BYTES / lineBytes, new Random(System.nanoTime() + number));
            var records = 0L;
            try (var connection = KeptConnection.to(log.port())) {
                while (System.nanoTime() - end < 0) {
                    connection.send(batch.next());
                    records += batch.lines();
                }
            }
            return records;
        }));
    }
}

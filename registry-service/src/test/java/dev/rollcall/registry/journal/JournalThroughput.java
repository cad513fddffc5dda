package dev.rollcall.registry.journal;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Measures the journal on a real disk, by hand: {@code java … JournalThroughput <an empty directory>}. */
final class JournalThroughput {
    private static final int INSTANCES = 10_000;
    private static final int IN_FLIGHT_MAX = 1_000;

    private JournalThroughput() {}

    public static void main(String[] args) throws Exception {
        var directory = Path.of(args[0]);
        for (var round = 0; round < 3; round++) {
            appended(directory.resolve("one-" + round), 1, 10_000);
            appended(directory.resolve("eight-" + round), 8, 40_000);
            pipelined(directory.resolve("many-" + round), 300_000);
            compacted(directory.resolve("many-" + round));
            reopened(directory.resolve("many-" + round));
        }
    }

    private static void appended(Path directory, int writers, int count) throws Exception {
        var pool = Executors.newFixedThreadPool(writers);
        try (var journal = Journal.open(directory)) {
            var start = System.nanoTime();
            var all = IntStream.range(0, writers)
                    .mapToObj(writer -> pool.submit(() -> {
                        for (var i = writer; i < count; i += writers) {
                            journal.append(registered(i)).toCompletableFuture().get();
                        }
                        return writer;
                    }))
                    .toList();
            for (var each : all) {
                each.get();
            }
            print(writers + " at a time", count, start);
        } finally {
            pool.shutdown();
        }
    }

    private static void pipelined(Path directory, int count) throws Exception {
        var room = new Semaphore(IN_FLIGHT_MAX);
        var worst = new long[1];
        try (var journal = Journal.open(directory)) {
            var start = System.nanoTime();
            for (var i = 0; i < count; i++) {
                room.acquire();
                var asked = System.nanoTime();
                journal.append(registered(i)).whenComplete((nothing, failure) -> {
                    worst[0] = Math.max(worst[0], System.nanoTime() - asked);
                    room.release();
                });
            }
            room.acquire(IN_FLIGHT_MAX);
            print(IN_FLIGHT_MAX + " in flight", count, start);
        }
        System.out.printf(
                "  the slowest took %d ms%n", Duration.ofNanos(worst[0]).toMillis());
    }

    private static void compacted(Path directory) throws IOException {
        try (var disk = DiskDirectory.claim(directory);
                var files = RollFiles.open(disk, JournalSettings.DEFAULT, "")) {
            var start = System.nanoTime();
            files.compact();
            print("compaction, instances", INSTANCES, start);
        }
        System.out.printf("  the snapshot has %,d bytes%n", Files.size(directory.resolve(RollFiles.SNAPSHOT)));
    }

    private static void reopened(Path directory) throws IOException {
        var start = System.nanoTime();
        try (var journal = Journal.open(directory)) {
            print("opened, instances", journal.state().entries().size(), start);
        }
    }

    private static List<JournalRecord> registered(int i) {
        var url = HttpUrl.of("http://localhost:" + (10_000 + i % INSTANCES));
        return List.of(new JournalRecord.Registered(
                i,
                new Registration(
                        ServiceName.GRADING,
                        url,
                        List.of(ServiceName.LOG),
                        url.resolve("/services"),
                        url.resolve("/heartbeat"),
                        "0b5f2a0c-8a3e-4c7e-9f0d-7d4a2f6b1c3e",
                        Registration.EXTENDED,
                        Map.of("version", "0.1.0"))));
    }

    private static void print(String what, int count, long start) {
        var nanos = System.nanoTime() - start;
        System.out.printf(
                "%-24s %,10d in %,6d ms: %,10d/s%n",
                what, count, TimeUnit.NANOSECONDS.toMillis(nanos), count * 1_000_000_000L / nanos);
    }
}

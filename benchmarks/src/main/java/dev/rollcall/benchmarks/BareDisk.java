package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The disk's own limit for durable writes: small appends to one file, each synced. */
final class BareDisk {
    private static final int RECORD_BYTES = 200;
    private static final Duration STRETCH = Duration.ofSeconds(1);

    private BareDisk() {}

    /** Returns the MiB per second of consecutive appends of so many bytes, each synced. */
    static double mebibytesASecond(int bytes) throws IOException {
        return appendsASecond(bytes) * bytes / (1 << 20);
    }

    /** Returns how many consecutive synced appends per second the disk under the temporary directory completes. */
    static double syncsASecond() throws IOException {
        return appendsASecond(RECORD_BYTES);
    }

    private static double appendsASecond(int bytes) throws IOException {
        var record = ByteBuffer.allocateDirect(bytes);
        try (var scratch = Scratch.of("disk");
                var channel = FileChannel.open(
                        scratch.resolve("journal"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var start = System.nanoTime();
            var appends = 0;
            while (System.nanoTime() - start < STRETCH.toNanos()) {
                channel.write(record.clear());
                channel.force(false);
                appends++;
            }
            return appends * 1e9 / (System.nanoTime() - start);
        }
    }
}

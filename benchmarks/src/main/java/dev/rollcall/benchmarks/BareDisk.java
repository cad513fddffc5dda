package dev.rollcall.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The limit for what must be on disk before it is answered: small appends to one file, each synced. */
final class BareDisk {
    private static final int RECORD_BYTES = 200;
    private static final int APPENDS = 500;

    private BareDisk() {}

    /** How many a second the disk under the temporary directory takes, one after another. */
    static double syncsASecond() throws IOException {
        var file = Files.createTempFile("rollcall-disk", ".journal");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var start = System.nanoTime();
            for (var i = 0; i < APPENDS; i++) {
                channel.write(ByteBuffer.allocate(RECORD_BYTES));
                channel.force(false);
            }
            return APPENDS * 1e9 / (System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }
}

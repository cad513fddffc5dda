package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that only logs numbered messages, from several threads, until it is killed. Its arguments are the spill's
 * directory, the log service's URL and the number of threads. Each thread prints its progress on standard output now
 * and then.
 */
final class Talker {
    private static final int TELL_EACH = 500;

    private Talker() {}

    public static void main(String[] args) throws IOException {
        var context = Samples.context();
        var address = Optional.of(HttpUrl.of(args[1]));
        var settings = Samples.fast().withBuffer(64 << 20).withSpill(Optional.of(Path.of(args[0])), 1 << 30);
        LogShipper.attachedTo(context, ServiceName.GRADING, "talker", () -> address, settings)
                .start();
        for (var i = 0; i < Integer.parseInt(args[2]); i++) {
            var name = "t" + i;
            new Thread(() -> talk(context, name)).start();
        }
        // ends with the test's process, however that ended
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    private static void talk(LoggerContext context, String name) {
        var logger = context.getLogger(name);
        for (var i = 1; ; i++) {
            logger.info("{} {}", name, i);
            if (i % TELL_EACH == 0) {
                System.out.println(name + " " + i);
            }
            if (i % 20 == 0) {
                // no faster than the writer thread, so that nothing is dropped for lack of room
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        }
    }

    static Process start(Path spill, HttpUrl url, int threads) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Talker.class.getName(),
                        spill.toString(),
                        url.value(),
                        Integer.toString(threads)))
                .redirectError(new File("/dev/null"))
                .start();
    }
}

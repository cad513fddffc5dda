package dev.rollcall.system;

import ch.qos.logback.classic.LoggerContext;
import dev.rollcall.shipping.LogShipper;
import dev.rollcall.shipping.ShippingSettings;
import dev.rollcall.system.testkit.OutputLog;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.MDC;

/**
 * A process that only logs a number of numbered records at a rate, ships them and what earlier runs left, and ends:
 * {@code LoggingProcess SPILL URL INSTANCE COUNT RECORDS_PER_SECOND}. It prints its progress.
 */
final class LoggingProcess implements AutoCloseable {
    private static final int TOLD_EACH = 250;
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final long SHIPPED_AGAIN_NANOS = 10_000_000;

    private final Process process;
    private final OutputLog output;
    private final Path spill;
    private final String instance;
    private final long count;

    private LoggingProcess(Process process, Path spill, String instance, long count) {
        this.process = process;
        this.output = OutputLog.of(process.inputReader(), instance);
        this.spill = spill;
        this.instance = instance;
        this.count = count;
    }

    /** Runs the process. */
    public static void main(String[] args) throws IOException {
        var context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        var address = Optional.of(HttpUrl.of(args[1]));
        var settings = ShippingSettings.DEFAULT
                .withSpill(Optional.of(Path.of(args[0])), 1 << 30)
                .withFlush(Duration.ofMinutes(2));
        var shipper = LogShipper.attachedTo(context, new ServiceName("Talker"), args[2], () -> address, settings);
        System.out.println("producer " + producerOf(runOf(Path.of(args[0]), args[2])));
        shipper.start();
        log(context, args[2], Long.parseLong(args[3]), Long.parseLong(args[4]));
        // if the log service is away at the stop, the rest is left to the next start
        while (shipper.stats().pendingRecords() > 0 || runsIn(Path.of(args[0])) > 1) {
            LockSupport.parkNanos(SHIPPED_AGAIN_NANOS);
        }
        shipper.close();
        System.out.println("produced " + shipper.stats().produced());
        System.out.println("left " + shipper.stats().spilledBytes());
    }

    private static long runsIn(Path spill) throws IOException {
        try (var runs = Files.list(spill)) {
            return runs.count();
        }
    }

    private static void log(LoggerContext context, String instance, long count, long rate) {
        var logger = context.getLogger("talk");
        var start = System.nanoTime();
        for (var i = 1L; i <= count; i++) {
            logger.info("{} {}", instance, i);
            if (i % TOLD_EACH == 0) {
                System.out.println("told " + i);
                LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(i) / rate - System.nanoTime());
            }
        }
    }

    static LoggingProcess start(Path spill, String url, String instance, long count, long rate) throws IOException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggingProcess.class.getName(),
                        spill.toString(),
                        url,
                        instance,
                        Long.toString(count),
                        Long.toString(rate)))
                .redirectErrorStream(true)
                .start();
        return new LoggingProcess(process, spill, instance, count);
    }

    /** Returns its producer id at the log service; empty if it was killed before it had one. */
    String producer() {
        return output.lines().stream()
                .filter(line -> line.startsWith("producer "))
                .map(line -> line.substring("producer ".length()))
                .findFirst()
                .orElse("");
    }

    /** Returns how many records remain to be logged, by its output so far. */
    long rest() {
        return count - told();
    }

    long told() {
        return number("told ");
    }

    /** Kills it (-9), and reads from its files how many records it had begun to log. */
    long killed() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
        output.awaitEnd(END_LIMIT);
        // if it had already ended by itself
        var produced = number("produced ");
        return produced > 0 ? produced : talliedInAll();
    }

    /** Waits for its end; returns how many records it has logged. */
    long ended(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS) || process.exitValue() != 0) {
            throw new AssertionError(instance + " has not ended well\n" + String.join("\n", output.lines()));
        }
        output.awaitEnd(END_LIMIT);
        return number("produced ");
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private long number(String prefix) {
        return output.lines().stream()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
                .max()
                .orElse(0);
    }

    /** Reads the produced count: the first number, little-endian. */
    private long talliedInAll() throws IOException {
        var run = runOf(spill, instance);
        return run.isEmpty() || !Files.exists(run.get().resolve("tally"))
                ? 0
                : ByteBuffer.wrap(Files.readAllBytes(run.get().resolve("tally")))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
    }

    private static Optional<Path> runOf(Path spill, String instance) throws IOException {
        if (!Files.isDirectory(spill)) {
            return Optional.empty();
        }
        try (var runs = Files.list(spill)) {
            return runs.filter(run -> isOf(instance, run)).findFirst();
        }
    }

    private static boolean isOf(String instance, Path run) {
        try {
            return Files.readString(run.resolve("origin.json")).contains("\"" + instance + "\"");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the end of the directory's name. */
    private static String producerOf(Optional<Path> run) {
        var name = run.orElseThrow().getFileName().toString();
        return name.substring(name.indexOf('-') + 1);
    }
}

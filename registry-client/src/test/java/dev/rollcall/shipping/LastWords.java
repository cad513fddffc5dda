package dev.rollcall.shipping;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.rollcall.testkit.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that is configured by a {@code logback.xml} and logs {@link #LINES} lines while it ends: {@code LastWords END
 * CONFIGURATION}.
 */
final class LastWords {
    static final int LINES = 20;
    private static final long PAUSE_NANOS = 20_000_000;

    /** How the program ends. */
    enum End {
        /** Its main returns; a hook of its own logs. */
        RETURNS,
        /** Its main calls {@link System#exit}; a hook of its own logs. */
        EXITS,
        /** As {@link #RETURNS}, but the hook takes longer than Logback's. */
        RETURNS_SLOWLY,
        /** It stops Logback and goes on logging, like a web application stopped by its container. */
        STOPS_LOGBACK,
        /** As {@link #STOPS_LOGBACK}, but it logs long after that. */
        STOPS_LOGBACK_LONG_BEFORE
    }

    private final Logger logger = LoggerFactory.getLogger("billing.Jobs");

    private LastWords() {}

    public static void main(String[] args) throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File(args[1]));
        var program = new LastWords();
        program.logger.info("first");
        program.end(End.valueOf(args[0]), context);
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private void end(End end, LoggerContext context) throws InterruptedException {
        switch (end) {
            case RETURNS -> hook(0);
            case RETURNS_SLOWLY -> hook(PAUSE_NANOS);
            case EXITS -> {
                hook(0);
                System.exit(0);
            }
            case STOPS_LOGBACK -> {
                context.stop();
                log(0);
            }
            case STOPS_LOGBACK_LONG_BEFORE -> {
                context.stop();
                Eventually.holds("nothing ships", Duration.ofSeconds(60), () -> threads() == 0);
                log(0);
            }
        }
    }

    private void hook(long pauseNanos) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> log(pauseNanos)));
    }

    private void log(long pauseNanos) {
        for (var i = 1; i <= LINES; i++) {
            logger.info("last {}", i);
            logger.debug("not wanted");
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(ShippingThread.class::isInstance)
                .count();
    }

    /** Runs the program to its end. */
    static void run(End end, Path configuration) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LastWords.class.getName(),
                        end.name(),
                        configuration.toString()))
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            var lines = new ArrayList<>(output.lines().toList());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("it has not ended well: " + String.join("\n", lines));
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
    }
}

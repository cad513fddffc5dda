package dev.rollcall.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that logs at a given rate from one thread through one appender, and prints what each call took. It is
 * paced, since a caller that does nothing but log measures only how the appender refuses.
 */
final class LogCaller {
    private static final int WARM_UP = 60_000;
    private static final int BURST = 10;

    private LogCaller() {}

    /** Runs the process. Arguments: the appender's XML, the number of calls, the rate. */
    static void run(String[] args) throws JoranException {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        var xml = "<configuration>" + args[0]
                + "<root level=\"INFO\"><appender-ref ref=\"measured\"/></root></configuration>";
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        var calls = Integer.parseInt(args[1]);
        var rate = Integer.parseInt(args[2]);
        var logger = LoggerFactory.getLogger("benchmark");
        measure(logger, WARM_UP, rate);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();
        var sample = measure(logger, calls, rate);
        // without the sample's own array
        var allocated = (threads.getCurrentThreadAllocatedBytes() - before - 8.0 * calls) / calls;
        Arrays.sort(sample);
        System.out.printf(
                Locale.ROOT,
                "measured %.3f %.3f %.3f %.3f %.0f%n",
                at(sample, 0.5),
                at(sample, 0.99),
                at(sample, 0.999),
                at(sample, 1),
                allocated);
        Runtime.getRuntime().halt(0);
    }

    private static long[] measure(Logger logger, int calls, int rate) {
        var nanos = new long[calls];
        var start = System.nanoTime();
        for (var i = 0; i < calls; i++) {
            if (i % BURST == 0) {
                var wait = start + i * 1_000_000_000L / rate - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
            var begin = System.nanoTime();
            logger.info("a grade was added to student {} of {}", i, "a class of thirty that is taught in the morning");
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)] / 1e3;
    }
}

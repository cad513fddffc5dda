package dev.rollcall.registry;

import dev.rollcall.registry.core.RollChange;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each change of the roll. Of a burst it logs the first 100 changes, then at most one each 20 ms, and counts the
 * rest. Time comes in as nanoseconds. Not thread-safe.
 */
final class ChangeLogger {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLogger.class);
    private static final int BURST_LINES = 100;
    private static final long NANOS_PER_LINE = TimeUnit.MILLISECONDS.toNanos(20);

    private long budgetUsedUntilNanos;
    private long suppressed;

    void log(RollChange rollChange, long now) {
        budgetUsedUntilNanos = Math.max(budgetUsedUntilNanos, now - BURST_LINES * NANOS_PER_LINE);
        if (budgetUsedUntilNanos > now) {
            suppressed++;
            return;
        }
        budgetUsedUntilNanos += NANOS_PER_LINE;
        logSuppressed();
        var registration = rollChange.entry().registration();
        var line = (isTrouble(rollChange) ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("service", registration.name())
                .addKeyValue("url", rollChange.url());
        if (isTrouble(rollChange)) {
            line = line.addKeyValue("heartbeat", registration.heartbeatUrl());
        }
        (rollChange.reason().isEmpty() ? line : line.addKeyValue("reason", rollChange.reason()))
                .log(message(rollChange));
    }

    private static boolean isTrouble(RollChange rollChange) {
        return rollChange.kind() == RollChange.Kind.SUSPECT || rollChange.kind() == RollChange.Kind.EVICTED;
    }

    /** Returns what happened and, for an instance in trouble, what to do. */
    private static String message(RollChange rollChange) {
        var word = rollChange.kind().word();
        return switch (rollChange.kind()) {
            case SUSPECT -> word + "; check that it runs and answers GET on its HeartbeatURL with 200";
            case EVICTED ->
                word + "; start it again, or correct its HeartbeatURL: it returns when that responds with 200";
            default -> word;
        };
    }

    /** Logs how many changes were suppressed, once the burst is over. */
    void flush(long now) {
        if (suppressed > 0 && budgetUsedUntilNanos <= now) {
            budgetUsedUntilNanos += NANOS_PER_LINE;
            logSuppressed();
        }
    }

    private void logSuppressed() {
        if (suppressed > 0) {
            LOG.atInfo().addKeyValue("changes", suppressed).log("further changes; GET /events has the last of them");
            suppressed = 0;
        }
    }
}

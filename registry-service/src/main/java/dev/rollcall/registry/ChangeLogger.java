package dev.rollcall.registry;

import dev.rollcall.registry.core.RollChange;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what changes, for people: each change a line, but of a flood only the first and how many there were. Time comes
 * in as nanoseconds. Not thread-safe.
 */
final class ChangeLogger {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLogger.class);
    private static final int LINES_AT_ONCE = 100;
    private static final long NANOS_A_LINE = TimeUnit.MILLISECONDS.toNanos(20);

    private long paidUntilNanos;
    private long unsaid;

    void log(RollChange rollChange, long now) {
        paidUntilNanos = Math.max(paidUntilNanos, now - LINES_AT_ONCE * NANOS_A_LINE);
        if (paidUntilNanos > now) {
            unsaid++;
            return;
        }
        paidUntilNanos += NANOS_A_LINE;
        logSuppressed();
        var registration = rollChange.entry().registration();
        var line = (isTrouble(rollChange) ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("service", registration.name())
                .addKeyValue("url", rollChange.url());
        if (isTrouble(rollChange)) {
            line = line.addKeyValue("heartbeat", registration.heartbeatUrl());
        }
        (rollChange.reason().isEmpty() ? line : line.addKeyValue("reason", rollChange.reason())).log(words(rollChange));
    }

    private static boolean isTrouble(RollChange rollChange) {
        return rollChange.kind() == RollChange.Kind.SUSPECT || rollChange.kind() == RollChange.Kind.EVICTED;
    }

    /** What happened, and to somebody in trouble what to do. */
    private static String words(RollChange rollChange) {
        var word = rollChange.kind().word();
        return switch (rollChange.kind()) {
            case SUSPECT -> word + "; check that it runs and answers GET on its HeartbeatURL with 200";
            case EVICTED -> word + "; start it again, or mend its HeartbeatURL: it returns when that answers 200";
            default -> word;
        };
    }

    /** Says how many changes were passed over, once it is quiet enough. */
    void flush(long now) {
        if (unsaid > 0 && paidUntilNanos <= now) {
            paidUntilNanos += NANOS_A_LINE;
            logSuppressed();
        }
    }

    private void logSuppressed() {
        if (unsaid > 0) {
            LOG.atInfo().addKeyValue("changes", unsaid).log("further changes; GET /events has the last of them");
            unsaid = 0;
        }
    }
}

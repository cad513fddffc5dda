package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log record, as it is shipped, stored and served: one JSON object a line.
 *
 * <p>Of the texts, empty means absent; absent fields are not written.
 *
 * @param time when it was logged, in UTC
 * @param service the service that logged it
 * @param instance the process that logged it
 * @param level as its sender wrote it, see {@link Severity}; empty if it gave none (plain records)
 * @param logger the logger's name
 * @param thread the thread's name
 * @param message the message as it was logged; may have line ends inside
 * @param error the stack trace, if an exception was logged
 * @param trace the W3C trace id (32 hex digits)
 * @param span the W3C span id (16 hex digits)
 * @param keys the logged key-value pairs
 * @param dropped if this record stands for others that its producer had to drop; {@code null} otherwise
 * @param sequence its number among its producer's records, from 1; 0 if it has none. That of a record which stands for
 *     dropped ones is the last of theirs
 */
@JsonInclude(Include.NON_EMPTY)
public record LogRecord(
        Instant time,
        String service,
        String instance,
        String level,
        String logger,
        String thread,
        @JsonInclude(Include.ALWAYS) String message,
        String error,
        String trace,
        String span,
        Map<String, String> keys,
        @Nullable Dropped dropped,
        @JsonInclude(Include.NON_DEFAULT) long sequence) {
    /**
     * Throws {@link IllegalArgumentException} if the time is missing, or the sequence of a record for dropped ones is not
     * the last of theirs.
     */
    public LogRecord {
        if (time == null) {
            throw new IllegalArgumentException("a log record has a time");
        }
        keys = Map.copyOf(keys);
        if (dropped != null && sequence != 0 && sequence != dropped.to()) {
            throw new IllegalArgumentException("a record for dropped ones has the last of their sequences");
        }
    }

    /** A record that stands for itself only. */
    public LogRecord(
            Instant time,
            String service,
            String instance,
            String level,
            String logger,
            String thread,
            String message,
            String error,
            String trace,
            String span,
            Map<String, String> keys,
            long sequence) {
        this(time, service, instance, level, logger, thread, message, error, trace, span, keys, null, sequence);
    }

    /** A record of which only what the plain layer carries is known. */
    public static LogRecord plain(Instant time, String service, String message) {
        return new LogRecord(time, service, "", "", "", "", message, "", "", "", Map.of(), 0);
    }

    /**
     * A gap record: announces that records were dropped, in whose place it is numbered, shipped and stored.
     *
     * @param time when it was made, in UTC
     * @param service the service that dropped them
     * @param instance the process that dropped them
     */
    public static LogRecord gap(Instant time, String service, String instance, Dropped dropped) {
        var message = dropped.count() + (dropped.count() == 1 ? " record was" : " records were") + " dropped: "
                + dropped.reason();
        return new LogRecord(
                time, service, instance, "WARN", "", "", message, "", "", "", Map.of(), dropped, dropped.to());
    }

    /** This record with another sequence. */
    public LogRecord withSequence(long number) {
        return new LogRecord(
                time, service, instance, level, logger, thread, message, error, trace, span, keys, dropped, number);
    }

    /**
     * What stands before the message in the plain layer's form: {@code [Service] - }, and behind it level and time unless
     * the level is INFO or unknown, {@code WARN 2026-11-22T09:15:37.123Z }.
     */
    public String plainPrefix() {
        var name = "[" + service + "] - ";
        return level.isEmpty() || level.equals("INFO")
                ? name
                : name + level + " " + time.truncatedTo(ChronoUnit.MILLIS) + " ";
    }
}

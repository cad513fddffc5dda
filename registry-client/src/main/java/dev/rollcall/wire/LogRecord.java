package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log record as it is shipped, stored and served: one JSON object per line.
 *
 * <p>An empty text means absent. Absent fields are not written.
 *
 * @param time when it was logged, in UTC
 * @param instance the id of the process
 * @param level the level as sent, see {@link Severity}; empty in plain records
 * @param message the message as logged; may contain line ends
 * @param error the stack trace, if an exception was logged
 * @param trace the W3C trace id (32 hex digits)
 * @param span the W3C span id (16 hex digits)
 * @param keys the logged key-value pairs
 * @param dropped the dropped records that this record stands for; {@code null} if it stands for itself
 * @param sequence the number among the producer's records, from 1; 0 without one. A record that stands for dropped ones
 *     has the last of their sequences
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

    /** Creates a record that stands for itself. */
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

    /** Returns a record with the plain layer's fields only. */
    public static LogRecord plain(Instant time, String service, String message) {
        return new LogRecord(time, service, "", "", "", "", message, "", "", "", Map.of(), 0);
    }

    /**
     * Returns a gap record, which announces dropped records and is numbered, shipped and stored in their place.
     *
     * @param time when it was created, in UTC
     */
    public static LogRecord gap(Instant time, String service, String instance, Dropped dropped) {
        var message = dropped.count() + (dropped.count() == 1 ? " record was" : " records were") + " dropped: "
                + dropped.reason();
        return new LogRecord(
                time, service, instance, "WARN", "", "", message, "", "", "", Map.of(), dropped, dropped.to());
    }

    /** Returns this record with another sequence. */
    public LogRecord withSequence(long number) {
        return new LogRecord(
                time, service, instance, level, logger, thread, message, error, trace, span, keys, dropped, number);
    }

    /**
     * Returns the text before the message in the plain layer's form: {@code [Service] - }, then level and time unless the
     * level is INFO or unknown, {@code WARN 2026-11-22T09:15:37.123Z }.
     */
    public String plainPrefix() {
        var name = "[" + service + "] - ";
        return level.isEmpty() || level.equals("INFO")
                ? name
                : name + level + " " + time.truncatedTo(ChronoUnit.MILLIS) + " ";
    }
}

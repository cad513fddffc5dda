package dev.rollcall.log.ask;

import dev.rollcall.host.Readers;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.Severity;
import dev.rollcall.log.line.Times;
import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.ServiceCount;
import dev.rollcall.log.store.Tally;
import dev.rollcall.log.store.TextFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Which records are asked for: those that meet all conditions.
 *
 * @param service the service's name, in any case; empty for all
 * @param instance the instance; empty for all
 * @param level the least severe level; TRACE for all
 * @param sinceNanos not before this time; {@link Long#MIN_VALUE} for all
 * @param untilNanos before this time; {@link Long#MAX_VALUE} for all
 * @param contains what is in the message, the stack trace or the value of a key, in lower case; empty for all
 * @param trace the trace id, in any case; empty for all
 */
record LogQuery(
        String service,
        String instance,
        Severity level,
        long sinceNanos,
        long untilNanos,
        String contains,
        String trace) {
    /** All records. */
    static final LogQuery ALL = new LogQuery("", "", Severity.TRACE, Long.MIN_VALUE, Long.MAX_VALUE, "", "");

    /**
     * What a request's parameters ask for.
     *
     * @param now what {@code since=15m} counts from
     * @throws ProblemException 400 for values that aren't allowed
     */
    static LogQuery of(Request request, Instant now) {
        return new LogQuery(
                text(request, "service"),
                text(request, "instance"),
                level(text(request, "level")),
                time(request, "since", now, Long.MIN_VALUE),
                time(request, "until", now, Long.MAX_VALUE),
                text(request, "contains").toLowerCase(Locale.ROOT),
                text(request, "trace"));
    }

    /** The same for another stretch of time. */
    LogQuery between(long since, long until) {
        return new LogQuery(service, instance, level, since, until, contains, trace);
    }

    boolean isOfAll() {
        return equals(ALL);
    }

    /** Whether records that are together like this may be among those that are asked for. */
    boolean mayMatch(Tally tally) {
        if (isOfAll()) {
            return true;
        }
        return isInTime(tally) && (!tally.isComplete() || count(tally) > 0);
    }

    /** Whether a block's records may be among those that are asked for. */
    boolean mayMatch(Block block) {
        return mayMatch(block.tally()) && (isOfAll() || block.parts().stream().anyMatch(this::mayMatch));
    }

    /** How many of the records are asked for; empty if one has to look at each. */
    OptionalInt countIn(Tally tally) {
        return isOfAll() ? OptionalInt.of(tally.records()) : countIn(List.of(tally));
    }

    /** How many of a block's records are asked for; empty if one has to look at each. */
    OptionalInt countIn(Block block) {
        return isOfAll() ? countIn(block.tally()) : countIn(block.parts());
    }

    /** Whether some of the records may be of the time that is asked for. */
    boolean isInTime(Tally tally) {
        return tally.maxNanos() >= sinceNanos && tally.minNanos() < untilNanos;
    }

    private OptionalInt countIn(List<Tally> parts) {
        if (!instance.isEmpty() || !contains.isEmpty() || !trace.isEmpty()) {
            return OptionalInt.empty();
        }
        var sum = 0;
        for (var part : parts) {
            if (isInTime(part)) {
                var isWithin = part.minNanos() >= sinceNanos && part.maxNanos() < untilNanos;
                if (!isWithin || !part.isComplete()) {
                    return OptionalInt.empty();
                }
                sum += count(part);
            }
        }
        return OptionalInt.of(sum);
    }

    /** Whether {@link #mayMatch(TextFilter)} can say anything. */
    boolean looksIntoFilters() {
        return !instance.isEmpty() || !trace.isEmpty() || contains.length() >= TextFilter.GRAM_LENGTH;
    }

    /** Whether records with these texts may be among those that are asked for. */
    boolean mayMatch(TextFilter filter) {
        return filter.mayContain(contains)
                && (instance.isEmpty() || filter.mayHold(Field.INSTANCE.name(), instance))
                && (trace.isEmpty() || filter.mayHold(Field.TRACE.name(), trace));
    }

    boolean isOfService(String name) {
        return service.isEmpty() || service.equalsIgnoreCase(name);
    }

    private int count(Tally tally) {
        return tally.services().stream()
                .filter(each -> isOfService(each.name()))
                .mapToInt(this::count)
                .sum();
    }

    private int count(ServiceCount of) {
        return of.atLeast(level);
    }

    /** That level and above; a record without a level (a plain one) counts as INFO. */
    private static Severity level(String name) {
        return name.isEmpty()
                ? Severity.TRACE
                : Severity.named(name)
                        .orElseThrow(
                                () -> ProblemException.badRequest("level is one of trace, debug, info, warn, error"));
    }

    private static String text(Request request, String name) {
        return request.query(name).orElse("");
    }

    private static long time(Request request, String name, Instant now, long otherwise) {
        var text = text(request, name);
        return text.isEmpty() ? otherwise : Times.nanos(timeOf(name, text, now));
    }

    private static Instant timeOf(String name, String value, Instant now) {
        try {
            return value.endsWith("Z") ? Instant.parse(value) : now.minus(Readers.duration(value));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    name + " is a time in UTC (2026-11-22T09:15:00Z) or how long ago (30s, 15m, 1h)");
        }
    }
}

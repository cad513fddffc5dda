package dev.rollcall.log.query;

import dev.rollcall.host.SettingParsers;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.line.Times;
import dev.rollcall.log.store.Block;
import dev.rollcall.log.store.BlockStats;
import dev.rollcall.log.store.ServiceCount;
import dev.rollcall.log.store.TextFilter;
import dev.rollcall.wire.Severity;
import dev.rollcall.wire.TimeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A query; a record matches if it meets all conditions.
 *
 * @param service the service's name, in any case; empty for all
 * @param instance empty for all
 * @param level the lowest level; TRACE for all
 * @param since inclusive; {@link Instant#MIN} for all
 * @param until exclusive; {@link Instant#MAX} for all
 * @param contains a part of the message, the stack trace or a key's value, in lower case; empty for all
 * @param trace the trace id, in any case; empty for all
 */
record LogQuery(
        String service, String instance, Severity level, Instant since, Instant until, String contains, String trace) {
    private static final Pattern HAS_DATE = Pattern.compile("[+-]?\\d{4,}-");
    /** An unencoded plus arrives as a blank. */
    private static final Pattern BLANK_FOR_PLUS = Pattern.compile("(?<=:\\d\\d|[.,]\\d{1,100}) (\\d\\d(?::?\\d\\d)?)$");

    static final LogQuery ALL = new LogQuery("", "", Severity.TRACE, Instant.MIN, Instant.MAX, "", "");

    /**
     * Parses a request's parameters.
     *
     * @param now what {@code since=15m} counts from
     * @throws ProblemException 400 for invalid values
     */
    static LogQuery of(Request request, Instant now) {
        return new LogQuery(
                text(request, "service"),
                text(request, "instance"),
                level(text(request, "level")),
                time(request, "since", now, Instant.MIN),
                time(request, "until", now, Instant.MAX),
                text(request, "contains").toLowerCase(Locale.ROOT),
                text(request, "trace"));
    }

    /** Returns the same query for another time range. */
    LogQuery between(Instant from, Instant to) {
        return new LogQuery(service, instance, level, from, to, contains, trace);
    }

    boolean isOfAll() {
        return equals(ALL);
    }

    /** Returns whether some of the records may match. */
    boolean mayMatch(BlockStats stats) {
        if (isOfAll()) {
            return true;
        }
        return isInTime(stats) && (!stats.isComplete() || count(stats) > 0);
    }

    /** Returns whether some of a block's records may match. */
    boolean mayMatch(Block block) {
        return mayMatch(block.stats()) && (isOfAll() || block.parts().stream().anyMatch(this::mayMatch));
    }

    /** Returns how many of the records match; empty if they must be read. */
    OptionalInt countIn(BlockStats stats) {
        return isOfAll() ? OptionalInt.of(stats.records()) : countIn(List.of(stats));
    }

    /** Returns how many of a block's records match; empty if they must be read. */
    OptionalInt countIn(Block block) {
        return isOfAll() ? countIn(block.stats()) : countIn(block.parts());
    }

    /** Returns whether some of the records may be in the time range. */
    boolean isInTime(BlockStats stats) {
        var end = Times.nanos(until);
        return stats.maxNanos() >= Times.nanos(since)
                && (stats.minNanos() < end || (stats.minNanos() == end && Times.isFar(end)));
    }

    /** Returns whether the record whose fields the scanner holds is in the time range. */
    boolean isInTime(LineScanner line) {
        return line.compareTime(since) >= 0 && line.compareTime(until) < 0;
    }

    /** Returns whether all of the records are certainly in the time range. */
    private boolean isWithin(BlockStats stats) {
        var begin = Times.nanos(since);
        var isSince = since.equals(Instant.MIN)
                || stats.minNanos() > begin
                || (stats.minNanos() == begin && !Times.isFar(begin));
        return isSince && (until.equals(Instant.MAX) || stats.maxNanos() < Times.nanos(until));
    }

    private OptionalInt countIn(List<BlockStats> parts) {
        if (!instance.isEmpty() || !contains.isEmpty() || !trace.isEmpty()) {
            return OptionalInt.empty();
        }
        var sum = 0;
        for (var part : parts) {
            if (isInTime(part)) {
                if (!isWithin(part) || !part.isComplete()) {
                    return OptionalInt.empty();
                }
                sum += count(part);
            }
        }
        return OptionalInt.of(sum);
    }

    /** Returns whether {@link #mayMatch(TextFilter)} can rule out anything. */
    boolean usesTextFilters() {
        return !instance.isEmpty() || !trace.isEmpty() || contains.length() >= TextFilter.GRAM_LENGTH;
    }

    /** Returns whether records with these texts may match. */
    boolean mayMatch(TextFilter filter) {
        return filter.mayContain(contains)
                && (instance.isEmpty() || filter.mayHold(Field.INSTANCE.name(), instance))
                && (trace.isEmpty() || filter.mayHold(Field.TRACE.name(), trace));
    }

    boolean isOfService(String name) {
        return service.isEmpty() || service.equalsIgnoreCase(name);
    }

    private int count(BlockStats stats) {
        return stats.services().stream()
                .filter(each -> isOfService(each.name()))
                .mapToInt(this::count)
                .sum();
    }

    private int count(ServiceCount of) {
        return of.atLeast(level);
    }

    /** Parses the level. An unencoded plus arrives as a blank. */
    private static Severity level(String name) {
        return name.isBlank()
                ? Severity.TRACE
                : Severity.named(name.strip().replace(' ', '+'))
                        .orElseThrow(() -> ProblemException.badRequest(
                                "level is trace, debug, info, warn or error, or another system's name of one"));
    }

    private static String text(Request request, String name) {
        return request.query(name).orElse("");
    }

    private static Instant time(Request request, String name, Instant now, Instant otherwise) {
        var text = text(request, name).strip();
        return text.isEmpty() ? otherwise : timeOf(name, text, now);
    }

    private static Instant timeOf(String name, String value, Instant now) {
        try {
            return HAS_DATE.matcher(value).lookingAt()
                    ? TimeText.parse(BLANK_FOR_PLUS.matcher(value).replaceFirst("+$1"))
                    : now.minus(SettingParsers.duration(value));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    name + " is a time with its zone (2026-11-22T09:15:00Z, 2026-11-22T10:15:00+01:00)"
                            + " or how long ago (30s, 15m, 1h)");
        }
    }
}

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
 * Which records are asked for: those that meet all conditions.
 *
 * @param service the service's name, in any case; empty for all
 * @param instance the instance; empty for all
 * @param level the least severe level; TRACE for all
 * @param since not before this time; {@link Instant#MIN} for all
 * @param until before this time; {@link Instant#MAX} for all
 * @param contains what is in the message, the stack trace or the value of a key, in lower case; empty for all
 * @param trace the trace id, in any case; empty for all
 */
record LogQuery(
        String service, String instance, Severity level, Instant since, Instant until, String contains, String trace) {
    private static final Pattern HAS_DATE = Pattern.compile("[+-]?\\d{4,}-");
    /** A plus that isn't encoded arrives as a blank. */
    private static final Pattern BLANK_FOR_PLUS = Pattern.compile("(?<=:\\d\\d|[.,]\\d{1,100}) (\\d\\d(?::?\\d\\d)?)$");

    /** All records. */
    static final LogQuery ALL = new LogQuery("", "", Severity.TRACE, Instant.MIN, Instant.MAX, "", "");

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
                time(request, "since", now, Instant.MIN),
                time(request, "until", now, Instant.MAX),
                text(request, "contains").toLowerCase(Locale.ROOT),
                text(request, "trace"));
    }

    /** The same for another stretch of time. */
    LogQuery between(Instant from, Instant to) {
        return new LogQuery(service, instance, level, from, to, contains, trace);
    }

    boolean isOfAll() {
        return equals(ALL);
    }

    /** Whether records that are together like this may be among those that are asked for. */
    boolean mayMatch(BlockStats blockStats) {
        if (isOfAll()) {
            return true;
        }
        return isInTime(blockStats) && (!blockStats.isComplete() || count(blockStats) > 0);
    }

    /** Whether a block's records may be among those that are asked for. */
    boolean mayMatch(Block block) {
        return mayMatch(block.stats()) && (isOfAll() || block.parts().stream().anyMatch(this::mayMatch));
    }

    /** How many of the records are asked for; empty if one has to look at each. */
    OptionalInt countIn(BlockStats blockStats) {
        return isOfAll() ? OptionalInt.of(blockStats.records()) : countIn(List.of(blockStats));
    }

    /** How many of a block's records are asked for; empty if one has to look at each. */
    OptionalInt countIn(Block block) {
        return isOfAll() ? countIn(block.stats()) : countIn(block.parts());
    }

    /** Whether some of the records may be of the time that is asked for. */
    boolean isInTime(BlockStats blockStats) {
        var end = Times.nanos(until);
        return blockStats.maxNanos() >= Times.nanos(since)
                && (blockStats.minNanos() < end || (blockStats.minNanos() == end && Times.isFar(end)));
    }

    /** Whether the record is of the time that is asked for, of which the scanner has just found the fields. */
    boolean isInTime(LineScanner line) {
        return line.compareTime(since) >= 0 && line.compareTime(until) < 0;
    }

    /** Whether all of the records are surely of the time that is asked for. */
    private boolean isWithin(BlockStats blockStats) {
        var begin = Times.nanos(since);
        var isSince = since.equals(Instant.MIN)
                || blockStats.minNanos() > begin
                || (blockStats.minNanos() == begin && !Times.isFar(begin));
        return isSince && (until.equals(Instant.MAX) || blockStats.maxNanos() < Times.nanos(until));
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

    /** Whether {@link #mayMatch(TextFilter)} can say anything. */
    boolean usesTextFilters() {
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

    private int count(BlockStats blockStats) {
        return blockStats.services().stream()
                .filter(each -> isOfService(each.name()))
                .mapToInt(this::count)
                .sum();
    }

    private int count(ServiceCount of) {
        return of.atLeast(level);
    }

    /** That level and above. A plus that isn't encoded arrives as a blank. */
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

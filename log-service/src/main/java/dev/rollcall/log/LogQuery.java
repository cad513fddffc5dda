package dev.rollcall.log;

import dev.rollcall.host.Readers;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.wire.LogRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which records are asked for: those that meet all conditions, the newest of them.
 *
 * @param limit how many
 * @param conditions none to have any record
 */
record LogQuery(int limit, List<Predicate<LogRecord>> conditions) {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 100_000;

    /** Copies. */
    LogQuery {
        conditions = List.copyOf(conditions);
    }

    /**
     * What a request's parameters ask for.
     *
     * @param now what {@code since=15m} counts from
     * @throws ProblemException 400 for values that aren't allowed
     */
    static LogQuery of(Request request, Instant now) {
        var conditions = new ArrayList<Predicate<LogRecord>>();
        text(request, "service")
                .ifPresent(name -> conditions.add(record -> record.service().equalsIgnoreCase(name)));
        text(request, "instance")
                .ifPresent(id -> conditions.add(record -> record.instance().equals(id)));
        text(request, "trace")
                .ifPresent(id -> conditions.add(record -> record.trace().equalsIgnoreCase(id)));
        text(request, "level").map(LogQuery::atLeast).ifPresent(conditions::add);
        text(request, "contains").map(LogQuery::containing).ifPresent(conditions::add);
        time(request, "since", now)
                .ifPresent(time -> conditions.add(record -> !record.time().isBefore(time)));
        time(request, "until", now)
                .ifPresent(time -> conditions.add(record -> record.time().isBefore(time)));
        return new LogQuery(request.queryNumber("limit", LIMIT_DEFAULT, 1, LIMIT_MAX), conditions);
    }

    boolean isOfAll() {
        return conditions.isEmpty();
    }

    boolean matches(LogRecord record) {
        for (var condition : conditions) {
            if (!condition.test(record)) {
                return false;
            }
        }
        return true;
    }

    /** That level and above; a record without a level (a plain one) counts as INFO. */
    private static Predicate<LogRecord> atLeast(String name) {
        var least = Severity.named(name)
                .orElseThrow(() -> ProblemException.badRequest("level is one of trace, debug, info, warn, error"));
        return record -> Severity.named(record.level()).orElse(Severity.INFO).compareTo(least) >= 0;
    }

    /** In what people read of a record: message, stack trace, values of the keys; without regard to case. */
    private static Predicate<LogRecord> containing(String text) {
        var wanted = text.toLowerCase(Locale.ROOT);
        Predicate<String> contains = part -> part.toLowerCase(Locale.ROOT).contains(wanted);
        return record -> contains.test(record.message())
                || contains.test(record.error())
                || record.keys().values().stream().anyMatch(contains);
    }

    private static Optional<String> text(Request request, String name) {
        return request.query(name).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> time(Request request, String name, Instant now) {
        Function<String, Instant> read = value -> timeOf(name, value, now);
        return text(request, name).map(read);
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

package dev.rollcall.log.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.log.line.LineNormalizer;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.log.store.AppendRequest;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.Position;
import dev.rollcall.log.store.StoreSettings;
import dev.rollcall.log.store.StoreView;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares results over many segments, sealed and not, with a plain loop over all records. */
final class SearchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int RECORDS = 8_000;
    private static final List<String> SERVICES = List.of("Grading", "portal", "Straße", "");
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "", "error", "loud");
    private static final List<String> WORDS =
            List.of("alpha", "Beta", "gamma\tdelta", "Ünïcode", "\"quoted\"", "line\nend", "😀", "x", "ÆØÅ", "o-o");

    private final List<LogRecord> all = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givenManySegments_whenQueriedAtRandom_thenTheSameIsFoundAsByAPlainLoop(long seed) throws Exception {
        var random = new Random(seed);
        var settings =
                new StoreSettings(300_000, Duration.ofHours(1), Long.MAX_VALUE, Duration.ofDays(1), 16 << 20, 10);
        try (var store = LogStore.open(new FakeDisk(random), settings, InstantSource.fixed(NOW))) {
            fill(store, random);
            Eventually.holds(
                    "all is sealed", Duration.ofSeconds(20), () -> store.stats().unsealed() == 0);
            assertThat(store.stats().segments()).isGreaterThan(3);
            try (var view = store.view()) {
                for (var i = 0; i < 80; i++) {
                    compare(view, query(random), random, "seed " + seed + ", query " + i);
                }
            }
        }
    }

    private void compare(StoreView view, LogQuery query, Random random, String what) throws IOException {
        var expected = all.stream().filter(record -> matches(query, record)).toList();
        var limit = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(200);
        var end = view.end();
        var search = new Search(view, query);

        var newest = new BackwardScan(view, query).before(end, limit);
        var found = new ArrayList<LogRecord>();
        var positions = new ArrayList<Position>();
        search.scan(newest.start(), end, (segment, offset, bytes, from, to) -> {
            found.add(Json.read(new String(bytes, from, to - from, StandardCharsets.UTF_8), LogRecord.class));
            positions.add(new Position(segment, offset));
            return true;
        });

        var wanted = expected.subList(Math.max(0, expected.size() - Math.min(limit, expected.size())), expected.size());
        assertThat(newest.count()).as("%s: %s", what, query).isEqualTo(wanted.size());
        assertThat(found).as("%s: %s", what, query).isEqualTo(wanted);
        assertThat(search.count(view.begin(), end)).as("%s: %s", what, query).isEqualTo(expected.size());
        comparePages(view, query, positions, random, what);
        compareCounts(view, query, random, what);
    }

    private void compareCounts(StoreView view, LogQuery query, Random random, String what) throws IOException {
        var buckets = 1 + random.nextInt(6);
        var until = NOW.minusSeconds(random.nextInt(1_000));
        var since = until.minusSeconds(1 + random.nextInt(RECORDS));
        var begins = CountQuery.begins(since, until, buckets);
        var expected = new long[buckets][Severity.ALL.size()];
        for (var record : all) {
            if (matches(query.between(since, until), record)) {
                var bucket = buckets - 1;
                while (begins.get(bucket).isAfter(record.time())) {
                    bucket--;
                }
                expected[bucket][Severity.of(record.level()).rank()]++;
            }
        }

        assertThat(new CountQuery(view, query, until, begins).count())
                .as("%s: %s", what, query)
                .isDeepEqualTo(expected);
    }

    /** A page that ends before a record in the middle. */
    private static void comparePages(
            StoreView view, LogQuery query, List<Position> positions, Random random, String what) throws IOException {
        if (positions.size() < 3) {
            return;
        }
        var at = 1 + random.nextInt(positions.size() - 1);
        var search = new Search(view, query);
        var before = new BackwardScan(view, query).before(positions.get(at), 1);
        var recordLocator = new RecordLocator(view);
        assertThat(before.count()).as(what).isEqualTo(1);
        assertThat(search.count(before.start(), positions.get(at))).as(what).isEqualTo(1);
        assertThat(before.start()).as(what).isLessThanOrEqualTo(positions.get(at - 1));
        assertThat(recordLocator.isRecord(positions.get(at))).as(what).isTrue();
        var within = new Position(positions.get(at).segment(), positions.get(at).offset() + 1);
        assertThat(recordLocator.isRecord(within)).as(what).isFalse();
        assertThat(recordLocator.after(positions.get(at))).as(what).isEqualTo(recordLocator.after(within));
    }

    private void fill(LogStore store, Random random) throws Exception {
        var line = new LineScanner();
        while (all.size() < RECORDS) {
            var submission = AppendRequest.from(new byte[0]);
            for (var i = 0; i < 50; i++) {
                var record = record(random);
                var text = LineNormalizer.compact(record);
                assertThat(line.scan(text, 0, text.length)).isTrue();
                submission.add(text, line);
                all.add(record);
            }
            store.append(submission.build(Optional.empty()))
                    .toCompletableFuture()
                    .get();
        }
    }

    private LogRecord record(Random random) {
        var number = all.size();
        var error = random.nextInt(20) == 0 ? "java.lang.X: " + text(random) + "\n\tat y" : "";
        Map<String, String> keys = random.nextInt(3) == 0 ? Map.of("key", text(random)) : Map.of();
        return new LogRecord(
                NOW.minusSeconds(RECORDS - number + random.nextInt(30)).plusNanos(random.nextInt(1_000)),
                SERVICES.get(random.nextInt(SERVICES.size())),
                "instance-" + number / 2_000,
                LEVELS.get(random.nextInt(LEVELS.size())),
                "",
                "",
                text(random) + (number % 5_000 == 17 ? " rare" : ""),
                error,
                number % 100 == 0 ? "Trace" + number : "",
                "",
                keys,
                0);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    private static LogQuery query(Random random) {
        var since = random.nextInt(3) == 0 ? NOW.minusSeconds(random.nextInt(RECORDS)) : Instant.MIN;
        var until = random.nextInt(3) == 0 ? NOW.minusSeconds(random.nextInt(RECORDS)) : Instant.MAX;
        var wanted = List.of("alpha", "gamma\td", "ünï", "\"quo", "line\nend", "😀", "rare", "at y", "nowhere", "æøå");
        return new LogQuery(
                random.nextInt(3) == 0
                        ? List.of("GRADING", "portal", "STRASSE", "none").get(random.nextInt(4))
                        : "",
                random.nextInt(8) == 0 ? "instance-" + random.nextInt(5) : "",
                random.nextInt(2) == 0 ? Severity.ALL.get(random.nextInt(5)) : Severity.TRACE,
                since,
                until,
                random.nextInt(3) == 0 ? wanted.get(random.nextInt(wanted.size())) : "",
                random.nextInt(10) == 0 ? "trace" + 100 * random.nextInt(RECORDS / 100) : "");
    }

    /** The definition of a match, written as plainly as possible. */
    private static boolean matches(LogQuery query, LogRecord record) {
        return (query.service().isEmpty() || query.service().equalsIgnoreCase(record.service()))
                && (query.instance().isEmpty() || query.instance().equals(record.instance()))
                && (query.trace().isEmpty() || query.trace().equalsIgnoreCase(record.trace()))
                && Severity.of(record.level()).compareTo(query.level()) >= 0
                && !record.time().isBefore(query.since())
                && record.time().isBefore(query.until())
                && (isIn(query, record.message())
                        || isIn(query, record.error())
                        || record.keys().values().stream().anyMatch(value -> isIn(query, value)));
    }

    private static boolean isIn(LogQuery query, String text) {
        return text.toLowerCase(Locale.ROOT).contains(query.contains());
    }
}

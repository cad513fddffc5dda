package dev.rollcall.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each level name that a logging system writes is found under the expected level. */
final class LevelsTest {
    /** Each level, and how systems write it in JSON; separated by blanks, a blank inside is {@code ~}. */
    private static final Map<String, String> WRITTEN = Map.of(
            "TRACE", "TRACE trace FINER FINEST ALL Verbose VRB trce trc T silly 10 15 DEBUG-4 DEBUG-1 trace1",
            "DEBUG", "DEBUG debug FINE CONFIG dbug DBG D 20 7 DEBUG+3 INFO-1 ~debug~",
            "INFO", "INFO Information info inf I NOTICE notice note SUCCESS log 30 35 5 6 INFO+2 WARN-1 ~ DEFAULT",
            "WARN",
                    "WARN WARNING Warning warn wrn W 40 4 WARN+1 ~WARNING~ WARNING~ ERROR-1 LOUD AUDIT 8 9 -4 100000"
                            + " 99999999999999999999 30.5 ERROR+ INFO+x +1 ОШИБКА",
            "ERROR",
                    "ERROR Error err E SEVERE FATAL Fatal ftl F CRITICAL Critical crit alert emerg EMERGENCY panic dpanic"
                            + " fail 50 60 69 0 1 2 3 ERROR+2 error+99999999999999999999 C A P FAILURE");

    @TempDir
    Path directory;

    @Test
    void givenTheNamesOfManySystems_whenQueriedByLevel_thenEachCountsAsWhatItMeans() throws Exception {
        try (var service = TestService.on(directory)) {
            var batch = new StringBuilder();
            new TreeMap<>(WRITTEN).values().forEach(names -> names(names).forEach(name -> batch.append(line(name))));
            assertThat(service.batch(batch.toString()).body()).isEmpty();

            var wrong = new ArrayList<String>();
            var rest = new ArrayList<String>();
            for (var level : List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR")) {
                rest.add(level);
            }
            for (var level : rest) {
                var expected = new ArrayList<String>();
                for (var at = rest.indexOf(level); at < rest.size(); at++) {
                    expected.addAll(names(WRITTEN.get(rest.get(at))));
                }
                var found = read(service, "/log?limit=1000&level=" + level);
                var missing = new ArrayList<>(expected);
                missing.removeAll(found);
                var surplus = new ArrayList<>(found);
                surplus.removeAll(expected);
                wrong.add(level + " misses " + missing + ", has besides " + surplus);
            }

            assertThat(wrong).allMatch(line -> line.endsWith("misses [], has besides []"));
        }
    }

    @Test
    void givenNumbersAsLevels_whenStored_thenTheyAreKeptAsWritten() throws Exception {
        try (var service = TestService.on(directory)) {
            service.batch("""
                    {"time":"2026-11-22T09:15:37Z","level":50,"message":"bunyan"}
                    {"time":"2026-11-22T09:15:37Z","level":"~Fatal ","message":"text"}
                    """.replace('~', ' '));

            assertThat(records(service, "/log?level=error"))
                    .extracting(LogRecord::level)
                    .containsExactly("50", " Fatal ");
            assertThat(service.get("/log/counts?since=1h&until=2027-01-01T00:00:00Z&buckets=1")
                            .body())
                    .contains("\"INFO\":0,\"WARN\":0,\"ERROR\":2");
        }
    }

    @Test
    void givenTheNamesOfManySystems_whenQueriedByThem_thenTheyMeanTheSame() throws Exception {
        try (var service = TestService.on(directory)) {
            service.batch(line("INFO") + line("WARNING") + line("FATAL"));

            for (var name : List.of("fatal", "CRITICAL", "SEVERE", "err", "50", "%20error", "ERROR%2B2", "ERROR+2")) {
                assertThat(read(service, "/log?level=" + name)).as(name).containsExactly("FATAL");
            }
            for (var name : List.of("Warning", "wrn", "40")) {
                assertThat(read(service, "/log?level=" + name)).as(name).containsExactly("WARNING", "FATAL");
            }
            for (var name : List.of("loud", "INFO-x", "100000")) {
                assertThat(service.get("/log?level=" + name).statusCode())
                        .as(name)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void givenASegmentSealedByAnEarlierVersion_whenQueriedByLevel_thenItsRecordsAreFound() throws Exception {
        for (var name : List.of("log-000000000001.ndjson.gz", "log-000000000001.index")) {
            try (var file = LevelsTest.class.getResourceAsStream("/index-2/" + name)) {
                Files.write(
                        directory.resolve(name), Objects.requireNonNull(file).readAllBytes());
            }
        }
        try (var service = TestService.on(directory)) {
            assertThat(read(service, "/log?level=ERROR")).containsExactly("FATAL");
            assertThat(read(service, "/log?level=WARN&limit=1")).containsExactly("FATAL");
            assertThat(service.get("/log/counts?since=2026-11-22T09:00:00Z&until=2026-11-22T10:00:00Z&buckets=1")
                            .body())
                    .contains("\"INFO\":1,\"WARN\":1,\"ERROR\":1");
        }
    }

    private static List<String> names(String names) {
        return List.of(names.split(" ", -1));
    }

    private static String line(String name) {
        var isNumber = name.matches("-?\\d+(\\.\\d+)?");
        var level = isNumber ? name : "\"" + name.replace('~', ' ') + "\"";
        return "{\"time\":\"2026-11-22T09:15:37Z\",\"service\":\"S\",\"level\":" + level + ",\"message\":\"" + name
                + "\"}\n";
    }

    private static List<String> read(TestService service, String query) throws Exception {
        return records(service, query).stream().map(LogRecord::message).toList();
    }

    private static List<LogRecord> records(TestService service, String query) throws Exception {
        var body = service.get(query, "Accept", "application/json").body();
        return Json.readList(body.getBytes(StandardCharsets.UTF_8), LogRecord.class);
    }
}

package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.record;
import static dev.rollcall.log.TestService.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GetLogTest {
    @TempDir
    Path directory;

    private TestService service;

    @BeforeEach
    void start() throws IOException {
        service = TestService.on(directory);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void givenAnEmptyStore_whenQueried_thenNothingIsServed() throws Exception {
        assertThat(service.get("/log").body()).isEmpty();
        assertThat(service.get("/log", "Accept", "application/json").body()).isEqualTo("[]");
    }

    @Test
    void givenManyRecords_whenFewAreQueried_thenTheNewestAreServedWithTheNewestLast() throws Exception {
        service.batch(ADA, 1, 3_000, records(1, 3_000));

        assertThat(messages("/log?limit=3")).containsExactly("m2998", "m2999", "m3000");
        assertThat(messages("/log")).hasSize(100);
        assertThat(messages("/log?limit=100000"))
                .isEqualTo(
                        LongStream.rangeClosed(1, 3_000).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void givenRecordsLargerThanABlock_whenQueried_thenTheyAreServedWhole() throws Exception {
        var large = "x".repeat(200_000);
        service.batch(
                ADA,
                1,
                4,
                record(1, "INFO", "a") + record(2, "INFO", large) + record(3, "INFO", large) + record(4, "INFO", "b"));

        assertThat(messages("/log")).containsExactly("a", large, large, "b");
        assertThat(messages("/log?contains=xxx&limit=1")).containsExactly(large);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "level=error | e",
                "level=WARN | w e",
                "level=trace | plain d i w e",
                "level=info | plain i w e",
                "service=Portal | plain",
                "service=gradingservice | d i w e",
                "service=GradingService&level=warn&limit=1 | e",
                "contains=E | e",
                "contains=%20 | nothing",
                "trace=x | nothing",
                "instance=x | nothing",
                "since=2026-11-22T09:15:37.123456Z | plain d i w e",
                "since=2026-11-22T09:15:37.123457Z | nothing",
                "until=2026-11-22T09:15:37.123456Z | nothing",
                "since=1s&until=2027-01-01T00:00:00Z | plain d i w e",
                "level=&service= | plain d i w e",
            })
    void givenConditions_whenQueried_thenOnlyRecordsThatMeetAllAreServed(String query, String expected)
            throws Exception {
        service.plain("[Portal] - plain\n");
        service.batch(
                ADA,
                1,
                4,
                record(1, "DEBUG", "d") + record(2, "INFO", "i") + record(3, "WARN", "w") + record(4, "ERROR", "e"));

        var messages = messages("/log?" + query);

        assertThat(messages).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1000000001",
                "limit=x",
                "level=loud",
                "since=yesterday",
                "until=2026Z",
                "cursor=x",
                "around=1-",
                "follow=maybe"
            })
    void givenAWrongParameter_whenQueried_thenItIs400(String query) throws Exception {
        assertThat(service.get("/log?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain; charset=utf-8",
                "*/* | text/plain; charset=utf-8",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/plain; charset=utf-8",
                "application/x-ndjson | application/x-ndjson",
                "application/json | application/json",
                "application/* | application/x-ndjson",
                "text/plain;q=0.5, application/json;q=0.6 | application/json",
                "text/plain;q=0.5, application/json;q=0.4 | text/plain; charset=utf-8",
                "*/*, text/plain;q=0.1 | application/x-ndjson",
                "image/png | text/plain; charset=utf-8",
                "application/json;q=x | text/plain; charset=utf-8",
            })
    void givenAnAcceptHeader_whenQueried_thenThePreferredFormatIsServed(String accept, String type) throws Exception {
        var response = service.get("/log", "Accept", accept);

        assertThat(response.headers().firstValue("Content-Type")).contains(type);
    }

    @Test
    void givenRecords_whenQueriedAsJson_thenTheyAreOneArray() throws Exception {
        service.batch(ADA, 1, 2, records(1, 2));

        var json = service.get("/log", "Accept", "application/json").body();

        assertThat(Json.readList(json.getBytes(StandardCharsets.UTF_8), LogRecord.class))
                .extracting(LogRecord::message)
                .containsExactly("m1", "m2");
    }

    @Test
    void givenHostileRecords_whenQueriedAsText_thenEachIsOneLineAndShowsAllItsCharacters() throws Exception {
        service.plain("[A] - one\n2026-11-22T09:15:37Z ERROR B forged\u001b[2J\u202e\t.\n");
        service.batch(("{\"time\":\"2026-11-22T09:15:37Z\",\"service\":\"B\\nC\",\"level\":\"ERROR\",\"message\":\"m\","
                + "\"error\":\"java.lang.X: a\\n\\tat b\\u0007\\nCaused by: y\",\"keys\":{\"k\":\"1\\n2\"}}\n"));

        assertThat(service.get("/log").body())
                .isEqualTo("2026-11-22T09:15:37.123456Z       A"
                        + " one\\n2026-11-22T09:15:37Z ERROR B forged\\u001b[2J\\u202e\\t.\n"
                        + "2026-11-22T09:15:37Z ERROR B\\nC m k=1\\n2\n"
                        + "    java.lang.X: a\n        at b\\u0007\n    Caused by: y\n");
    }

    @Test
    void givenMoreThanOnePage_whenQueriedWithTheCursor_thenAllComeOncePageByPage() throws Exception {
        service.batch(ADA, 1, 25, records(1, 25));
        var pages = new ArrayList<List<String>>();
        var cursor = "";
        while (cursor != null) {
            var page = service.get("/log?limit=10&cursor=" + cursor, "Accept", "application/x-ndjson");
            pages.add(page.body().lines().map(GetLogTest::messageOf).toList());
            cursor = page.headers().firstValue("Log-Cursor").orElse(null);
        }

        assertThat(pages).hasSize(3);
        assertThat(pages.get(0)).hasSize(10).startsWith("m16").endsWith("m25");
        assertThat(pages.get(1)).hasSize(10).startsWith("m6").endsWith("m15");
        assertThat(pages.get(2)).hasSize(5).startsWith("m1").endsWith("m5");
    }

    @Test
    void givenARecordsId_whenQueriedAround_thenItIsAmongItsNeighbours() throws Exception {
        service.batch(ADA, 1, 25, records(1, 25));
        var line = service.get("/log?contains=m12", "Accept", "application/x-ndjson")
                .body();
        var id = line.replaceFirst("(?s)\\{\"id\":\"([^\"]+)\".*", "$1");

        assertThat(messages("/log?limit=5&around=" + id)).containsExactly("m10", "m11", "m12", "m13", "m14");
        assertThat(messages("/log?limit=1&around=" + id)).containsExactly("m12");
        assertThat(messages("/log?limit=100&around=" + id)).hasSize(25);
        assertThat(service.get("/log?around=9-0").statusCode()).isEqualTo(404);
        assertThat(service.get("/log?around=1-7").statusCode()).isEqualTo(404);
    }

    @Test
    void givenRecords_whenCounted_thenEachIsInTheBucketOfItsTime() throws Exception {
        service.batch(ADA, 1, 3, record(1, "INFO", "a") + record(2, "ERROR", "b") + record(3, "ERROR", "c"));

        var counts = service.get("/log/counts?since=2026-11-22T09:15:00Z&until=2026-11-22T09:16:00Z&buckets=2")
                .body();

        assertThat(counts)
                .isEqualTo(
                        "{\"since\":\"2026-11-22T09:15:00Z\",\"until\":\"2026-11-22T09:16:00Z\",\"buckets\":["
                                + "{\"since\":\"2026-11-22T09:15:00Z\",\"TRACE\":0,\"DEBUG\":0,\"INFO\":0,\"WARN\":0,\"ERROR\":0},"
                                + "{\"since\":\"2026-11-22T09:15:30Z\",\"TRACE\":0,\"DEBUG\":0,\"INFO\":1,\"WARN\":0,\"ERROR\":2}]}");
        assertThat(service.get("/log/counts?level=error&contains=c&since=1h&until=2026-11-22T10:00:00Z&buckets=1")
                        .body())
                .contains("\"INFO\":0,\"WARN\":0,\"ERROR\":1}");
        assertThat(service.get("/log/counts?buckets=0").statusCode()).isEqualTo(400);
        assertThat(service.get("/log/counts?since=2027-01-01T00:00:00Z").statusCode())
                .isEqualTo(400);
    }

    @Test
    void givenAFileChangedFromOutside_whenQueriedAsJson_thenItIsStillOneArray() throws Exception {
        service.close();
        Files.writeString(directory.resolve(TestService.FIRST_SEGMENT), "{\"x\":1}\n" + record(1, "INFO", "a"));
        service = TestService.on(directory);

        var json = service.get("/log", "Accept", "application/json").body();

        assertThat(json).startsWith("[{\"unreadable\":1,\"from\":\"1-0\",\"to\":\"1-8\"},{\"id\":\"1-8\",");
        assertThat(Json.readList(json.getBytes(StandardCharsets.UTF_8), Object.class))
                .hasSize(2);
        assertThat(service.get("/log").body()).startsWith("{\"x\":1}\n");
        assertThat(service.get("/log?limit=2", "Accept", "application/x-ndjson").body())
                .startsWith("{\"unreadable\":1,");
    }

    @Test
    void givenAHeadRequest_whenSent_thenThereIsNoBody() throws Exception {
        service.plain("x");

        var response = service.method("HEAD", "/log");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    private List<String> messages(String query) throws Exception {
        var lines = service.get(query, "Accept", "application/x-ndjson").body();
        return lines.lines().map(GetLogTest::messageOf).toList();
    }

    private static String messageOf(String line) {
        try {
            return Json.read(line, LogRecord.class).message();
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}

package dev.rollcall.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record is rejected, or found by its time; parameters take the same times as records. */
final class TimesTest {
    private static final List<String> FAR = List.of(
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "1677-09-21T00:12:43.145224192Z",
            "1677-09-22T00:00:00Z",
            "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00Z",
            "2026-11-22T09:15:37.123456789Z",
            "2262-04-11T23:47:16.854775806Z",
            "2262-04-11T23:47:16.854775807Z",
            "2262-04-12T00:00:00Z",
            "2300-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z");

    @TempDir
    Path directory;

    @Test
    void givenTimesFarApart_whenQueried_thenEachIsFoundByItsTimeAndByNoOther() throws Exception {
        try (var service = TestService.on(directory)) {
            var batch = new StringBuilder();
            FAR.forEach(time -> batch.append(line(time)));
            assertThat(service.batch(batch.toString()).body()).isEmpty();

            assertThat(found(service, "/log")).isEqualTo(FAR);
            for (var i = 0; i < FAR.size(); i++) {
                var time = Instant.parse(FAR.get(i));
                assertThat(found(service, "/log?since=" + time)).isEqualTo(FAR.subList(i, FAR.size()));
                assertThat(found(service, "/log?until=" + time)).isEqualTo(FAR.subList(0, i));
                if (i < FAR.size() - 1) {
                    var next = FAR.get(i + 1);
                    assertThat(found(service, "/log?limit=1&since=" + time + "&until=" + next))
                            .containsExactly(FAR.get(i));
                    assertThat(service.get("/log/counts?buckets=1&since=" + time + "&until=" + next)
                                    .body())
                            .contains("\"INFO\":1,");
                }
            }
            var counts = service.get(
                    "/log/counts?buckets=10&since=0000-01-01T00:00:00Z&until=9999-12-31T23:59:59.999999999Z");
            assertThat(counts.body())
                    .containsSubsequence("0999-12-31T", "1999-12-31T", "\"INFO\":5,", "2999-12-31T")
                    .contains("\"INFO\":2,", "\"INFO\":4,");
            assertThat(found(service, "/log?since=1m")).isEqualTo(FAR.subList(6, FAR.size()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-22T09:15:37Z | 2026-11-22T09:15:37Z",
                "2026-11-22t09:15:37z | 2026-11-22T09:15:37Z",
                "2026-11-22 09:15:37Z | 2026-11-22T09:15:37Z",
                "2026-11-22 09:15:37 Z | 2026-11-22T09:15:37Z",
                "2026-11-22T09:15Z | 2026-11-22T09:15:00Z",
                "2026-11-22T10:15:37+01:00 | 2026-11-22T09:15:37Z",
                "2026-11-22 10:15:37 +0100 | 2026-11-22T09:15:37Z",
                "2026-11-22T10:15:37.5+01 | 2026-11-22T09:15:37.500Z",
                "2026-11-22T09:15:37-00:00 | 2026-11-22T09:15:37Z",
                "2026-11-22T09:15:37+18:00 | 2026-11-21T15:15:37Z",
                "2026-11-22T09:15:37-18:00 | 2026-11-23T03:15:37Z",
                "2026-11-22T09:15:37-23:59 | 2026-11-23T09:14:37Z",
                "2026-11-22T09:15:37,123Z | 2026-11-22T09:15:37.123Z",
                "2026-11-22T09:15:37.1234567899999Z | 2026-11-22T09:15:37.123456789Z",
                "2016-12-31T23:59:60Z | 2016-12-31T23:59:59Z",
                "2017-01-01T00:59:60.5+01:00 | 2016-12-31T23:59:59.500Z",
                "2026-11-22T24:00:00Z | 2026-11-23T00:00:00Z",
                "2024-02-29T00:00:00Z | 2024-02-29T00:00:00Z",
                "9999-12-31T23:59:59+00:01 | 9999-12-31T23:58:59Z",
            })
    void givenATime_whenARecordHasItOrAParameter_thenBothMeanTheSame(String text, String meant) throws Exception {
        try (var service = TestService.on(directory)) {
            assertThat(service.batch(line(text)).body()).isEmpty();

            var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            assertThat(found(service, "/log?since=" + encoded)).containsExactly(meant);
            assertThat(found(service, "/log?until=" + encoded)).isEmpty();
            // an unencoded plus
            assertThat(found(service, "/log?since=" + text.replace(" +", "+").replace(' ', '+')))
                    .containsExactly(meant);
            var next = Instant.parse(meant).plusNanos(1);
            assertThat(found(service, "/log?since=" + encoded + "&until=" + next))
                    .containsExactly(meant);
            assertThat(service.get("/log/counts?buckets=1&since=" + encoded + "&until=" + next)
                            .body())
                    .contains("\"INFO\":1,");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T09:15:37",
                "2026-11-22",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-22T24:00:01Z",
                "2026-11-22T09:60:00Z",
                "2026-11-22T09:15:60Z",
                "2026-11-22T09:15:37+24:00",
                "2026-11-22T09:15:37+01:60",
                "2026-11-22T09:15:37.Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "20261122T091537Z",
                "1763802937",
                "٢٠٢٦-11-22T09:15:37Z",
                "now",
            })
    void givenAMalformedTime_whenARecordHasItOrAParameter_thenBothAreRejected(String text) throws Exception {
        try (var service = TestService.on(directory)) {
            var response = service.batch(line(text) + line("2026-11-22T09:15:37Z"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("{\"line\":1,");
            var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
            for (var path : List.of("/log?since=", "/log?until=", "/log/counts?since=", "/log?follow=true&since=")) {
                assertThat(service.get(path + encoded).statusCode()).as(path).isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00+00:01"})
    void givenATimeOutsideOfTheYearsInUtc_whenARecordHasIt_thenItIsRejected(String text) throws Exception {
        try (var service = TestService.on(directory)) {
            var response = service.batch(line(text) + line("2026-11-22T09:15:37Z"));

            assertThat(response.body()).contains("its time is not of the years 0 to 9999");
            assertThat(service.get("/log?since=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String line(String time) {
        return "{\"time\":\"" + time + "\",\"message\":\"m\"}\n";
    }

    private static List<String> found(TestService service, String query) throws Exception {
        var body = service.get(query, "Accept", "application/json").body();
        return Json.readList(body.getBytes(StandardCharsets.UTF_8), LogRecord.class).stream()
                .map(record -> record.time().toString())
                .toList();
    }
}

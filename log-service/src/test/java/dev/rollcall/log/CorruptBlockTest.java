package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreSettings;
import dev.rollcall.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk returns other data than was stored: a sealed segment of three blocks, the first of which is corrupt. */
final class CorruptBlockTest {
    private static final int RECORDS = 4_000;
    private static final int HOURS = 4;
    private static final Pattern NOTICE =
            Pattern.compile("\\{\"unreadable\":(\\d+),\"from\":\"1-0\",\"to\":\"1-\\d+\"}");
    private static final Pattern COUNT = Pattern.compile("\"INFO\":(\\d+)");

    @TempDir
    Path directory;

    private LogStore store;
    private TestService service;

    @BeforeEach
    void start() throws Exception {
        var settings =
                new StoreSettings(400_000, Duration.ofHours(1), Long.MAX_VALUE, Duration.ofDays(1), 16 << 20, 10);
        store = LogStore.open(directory, settings, InstantSource.fixed(NOW));
        service = TestService.over(store);
        service.batch(ADA, 1, RECORDS, lines());
        Eventually.holds(
                "sealed",
                Duration.ofSeconds(20),
                () -> store.stats().segments() == 2 && store.stats().unsealed() == 0);
        var file = directory.resolve("log-000000000001.ndjson.gz");
        var bytes = Files.readAllBytes(file);
        bytes[1_000] ^= 1;
        Files.write(file, bytes);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void givenACorruptBlock_whenAllAreQueried_thenTheOthersAreServedAndTheLossIsReported() throws Exception {
        var lines = service.get("/log?limit=100000&contains=m", "Accept", "application/x-ndjson")
                .body()
                .lines()
                .toList();

        var notice = NOTICE.matcher(lines.get(0));
        assertThat(notice.matches()).as(lines.get(0)).isTrue();
        var unreadable = Integer.parseInt(notice.group(1));
        assertThat(unreadable).isBetween(1_000, 3_000);
        assertThat(lines).hasSize(1 + RECORDS - unreadable);
        assertThat(lines.get(1)).contains("\"message\":\"m" + (unreadable + 1) + "\"");
    }

    @Test
    void givenACorruptBlock_whenQueriedInOtherFormats_thenEachIsWhole() throws Exception {
        var text = service.get("/log?limit=100000").body();
        var array =
                service.get("/log?limit=100000", "Accept", "application/json").body();

        assertThat(text).matches("(?s)-- \\d+ records here can't be read, from 1-0 to 1-\\d+ --\n.*");
        var all = new ObjectMapper().readTree(array);
        assertThat(all.get(0).get("unreadable").asInt() + all.size() - 1).isEqualTo(RECORDS);
    }

    @Test
    void givenACorruptBlock_whenTheNewestAreQueried_thenItIsNotRead() throws Exception {
        assertThat(service.get("/log?limit=10").body().lines()).hasSize(10).noneMatch(line -> line.startsWith("--"));
        assertThat(store.healthReasons()).isEmpty();
    }

    @Test
    void givenACorruptBlock_whenFound_thenHealthReportsItOnce() throws Exception {
        service.get("/log?limit=100000");
        service.get("/log?limit=100000");

        assertThat(store.healthReasons()).containsExactly("records of a segment can't be read, the first ones at 1-0");
    }

    @Test
    void givenTimesFarApartInEachBlock_whenCounted_thenTheIndexSuffices() throws Exception {
        var counts = service.get("/log/counts?since=2026-11-22T05:00:00Z&until=2026-11-22T09:00:00Z&buckets=4")
                .body();

        var found = new ArrayList<Integer>();
        var count = COUNT.matcher(counts);
        while (count.find()) {
            found.add(Integer.valueOf(count.group(1)));
        }
        assertThat(found).containsExactly(RECORDS / HOURS, RECORDS / HOURS, RECORDS / HOURS, RECORDS / HOURS);
        assertThat(counts).doesNotContain("unreadable");
    }

    @Test
    void givenACorruptBlock_whenTextsAreCounted_thenTheLossIsReported() throws Exception {
        var counts = service.get("/log/counts?since=10h&contains=m&buckets=1").body();

        assertThat(counts).containsPattern("\"unreadable\":\\d{4},");
    }

    /** Each record is an hour after the one before. */
    private static String lines() {
        var lines = new StringBuilder();
        for (var i = 1; i <= RECORDS; i++) {
            lines.append(
                    "{\"time\":\"2026-11-22T0%d:30:00Z\",\"service\":\"S\",\"level\":\"INFO\",\"message\":\"m%d\",\"keys\":{\"k\":\"%08x%08x\"},\"sequence\":%d}\n"
                            .formatted(5 + i % HOURS, i, i * 0x9e3779b1, i * 0x85ebca6b, i));
        }
        return lines.toString();
    }
}

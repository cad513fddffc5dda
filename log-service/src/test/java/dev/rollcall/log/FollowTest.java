package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static dev.rollcall.log.TestService.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class FollowTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
    void givenRecords_whenFollowed_thenTheLastOnesComeAndThenNewOnes() throws Exception {
        service.batch(ADA, 1, 30, records(1, 30));
        try (var tail = new Follower("/log?follow=true&limit=2", "text/plain")) {
            assertThat(tail.next()).endsWith("m29");
            assertThat(tail.next()).endsWith("m30");

            service.batch(ADA, 31, 32, records(31, 32));

            assertThat(tail.next()).endsWith("m31");
            assertThat(tail.next()).endsWith("m32");
        }
    }

    @Test
    void givenEvents_whenAFollowerReconnectsWithTheLastId_thenEachComesOnce() throws Exception {
        service.batch(ADA, 1, 3, records(1, 3));
        String last;
        try (var tail = new Follower("/log?limit=2", "text/event-stream")) {
            assertThat(tail.next()).startsWith("id: 1-");
            assertThat(tail.next()).startsWith("data: {\"id\":\"1-").contains("m2");
            assertThat(tail.next()).isEmpty();
            last = tail.next().substring("id: ".length());
            assertThat(tail.next()).contains("m3");
        }
        service.batch(ADA, 4, 5, records(4, 5));

        try (var tail = new Follower("/log?lastEventId=" + last, "text/event-stream")) {
            tail.next();
            assertThat(tail.next()).contains("m4");
            assertThat(tail.next()).isEmpty();
            tail.next();
            assertThat(tail.next()).contains("m5");
        }
    }

    @Test
    void givenAFilter_whenFollowed_thenOnlyMatchesCome() throws Exception {
        try (var tail = new Follower("/log?follow=true&contains=m17&limit=0", "application/x-ndjson")) {
            service.batch(ADA, 1, 1_000, records(1, 1_000));

            for (var i : List.of("17", "170", "171", "172")) {
                assertThat(tail.next()).contains("\"message\":\"m" + i + "\"");
            }
        }
    }

    @Test
    void givenAHundredFollowers_whenRecordsCome_thenAllGetThemWithoutAThreadEach() throws Exception {
        var before = Thread.activeCount();
        var tails = new ArrayList<Follower>();
        for (var i = 0; i < 100; i++) {
            tails.add(new Follower("/log?follow=true&limit=0", "text/plain"));
        }
        Eventually.holds("all follow", LIMIT, () -> service.followers() == 100);

        service.batch(ADA, 1, 5, records(1, 5));

        for (var tail : tails) {
            assertThat(tail.next()).endsWith("m1");
            assertThat(tail.next()).endsWith("m2");
        }
        // the server's pools, but no thread for each follower
        assertThat(Thread.activeCount() - before).isLessThan(100);
        for (var tail : tails) {
            tail.close();
        }
    }

    @Test
    void givenASlowReader_whenItReadsAgain_thenItIsNotifiedOfTheSkippedRecords() throws Exception {
        service.close();
        service = TestService.withLagBytesMax(directory, 200_000);
        try (var tail = new Follower("/log?follow=true&limit=0", "application/x-ndjson")) {
            var sent = 0L;
            while (service.skipped() == 0) {
                service.batch(ADA, sent + 1, sent + 500, records(sent + 1, sent + 500));
                sent += 500;
            }

            // the last ones may be among the skipped
            var told = 0L;
            var missed = 0L;
            while (told + missed < sent) {
                var line = tail.next();
                if (line.startsWith("{\"missed\":")) {
                    missed += Long.parseLong(line.replaceAll("\\D*(\\d+).*", "$1"));
                } else {
                    told++;
                }
            }
            assertThat(missed).isPositive().isEqualTo(service.skipped());
            assertThat(told + missed).isEqualTo(sent);
            service.batch(ADA, sent + 1, sent + 1, records(sent + 1, sent + 1));
            assertThat(tail.next()).contains("\"m" + (sent + 1) + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-1", "limit=100001", "lastEventId=x"})
    void givenAWrongParameter_whenFollowed_thenItIs400(String query) throws Exception {
        assertThat(service.get("/log?follow=true&" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void givenAnArrayIsWanted_whenFollowed_thenItIs400() throws Exception {
        assertThat(service.get("/log?follow=true", "Accept", "application/json").statusCode())
                .isEqualTo(400);
    }

    /** Reads the lines of an endless response. */
    private final class Follower implements AutoCloseable {
        private final Socket socket = new Socket("127.0.0.1", service.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Follower(String path, String accept) throws IOException {
            // HTTP/1.0, so that the response is not chunked
            var request = "GET " + path + " HTTP/1.0\r\nAccept: " + accept + "\r\n\r\n";
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).contains(" 200 ");
            var line = in.readLine();
            while (!line.isEmpty()) {
                line = in.readLine();
            }
        }

        String next() throws IOException {
            var line = in.readLine();
            return line.equals(":") ? next() : line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

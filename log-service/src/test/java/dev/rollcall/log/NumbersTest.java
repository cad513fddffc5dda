package dev.rollcall.log;

import static dev.rollcall.log.TestService.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every place that accepts a number, with every kind of wrong number. */
@Timeout(60)
final class NumbersTest {
    private static final String LONG = "9".repeat(5_000);
    private static final List<String> NONSENSE = List.of(
            "1e99999999999",
            "1e-99999999999",
            "0e99999999999",
            "1e999999999",
            "1e400",
            "1.5",
            "-1",
            "NaN",
            "٣",
            "+5",
            LONG);

    @TempDir
    Path directory;

    private TestService log;

    @BeforeEach
    void open() throws Exception {
        log = TestService.on(directory);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    @Test
    void givenNonsenseInHeaders_whenPosted_then400() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NONSENSE) {
            if (number.equals("٣")) {
                continue; // the client sends no such header
            }
            for (var range : List.of(number + "-2", "1-" + number)) {
                var response = log.batch(TestService.records(1, 2), "Log-Producer", ADA, "Log-Sequence", range);
                softly.assertThat(response.statusCode()).as(range).isEqualTo(400);
            }
        }

        softly.assertAll();
    }

    @Test
    void givenNonsenseInARecord_whenPosted_thenThatLineIsRejectedAndTheOthersAreStored() throws Exception {
        var softly = new SoftAssertions();

        for (var field : List.of("sequence", "keys", "dropped", "time")) {
            for (var number : NONSENSE) {
                var line = "{\"time\":\"%s\",\"service\":\"A\",\"message\":\"m\",\"%s\":%s}\n"
                        .formatted(TestService.NOW, field, number);
                var response = log.batch(line + TestService.record(0, "INFO", "next"));
                softly.assertThat(response.statusCode())
                        .as(field + " " + number)
                        .isIn(200, 400);
            }
        }
        softly.assertAll();

        assertThat(log.get("/log?limit=1000").statusCode()).isEqualTo(200);
    }

    @Test
    void givenNonsense_whenQueried_then400() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NONSENSE) {
            var encoded = URLEncoder.encode(number, StandardCharsets.UTF_8);
            for (var path : List.of(
                    "/log?limit=",
                    "/log?since=",
                    "/log?until=",
                    "/log?cursor=",
                    "/log?since=" + encoded + "h&until=")) {
                var response = log.get(path + encoded);
                softly.assertThat(response.statusCode()).as(path + number).isEqualTo(400);
            }
        }
        for (var since : List.of("999999999999999h", "999999999h", "99999999999999999999s")) {
            softly.assertThat(log.get("/log?since=" + since).statusCode())
                    .as(since)
                    .isEqualTo(400);
        }
        for (var quality : List.of("1e99999999999", "NaN", "-1", "Infinity", LONG)) {
            var response = log.get("/log", "Accept", "application/json;q=" + quality + ", text/plain");
            softly.assertThat(response.statusCode()).as(quality).isIn(200, 406);
        }

        softly.assertAll();
    }
}

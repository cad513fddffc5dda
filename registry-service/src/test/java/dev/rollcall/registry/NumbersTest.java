package dev.rollcall.registry;

import dev.rollcall.http.HttpHost;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.testkit.LoopbackClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every parameter that takes a number, with every kind of invalid number. */
@Timeout(60)
final class NumbersTest {
    private static final List<String> NONSENSE = List.of(
            "1e99999999999",
            "1e-99999999999",
            "0e99999999999",
            "1e999999999",
            "1.5",
            "-1",
            "NaN",
            "٣",
            "+5",
            "9".repeat(5_000));

    @TempDir
    private Path data;

    private RegistryLoop loop;
    private HttpHost registry;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        loop = new RegistryLoop(
                RegistrySettings.parseOrExit(new String[0], Map.of()), Journal.open(data.resolve("journal")));
        loop.start();
        registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
        client = new LoopbackClient(registry.port());
    }

    @AfterEach
    void stop() {
        registry.close();
        loop.close();
    }

    @Test
    void givenNonsense_whenQueried_then400() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NONSENSE) {
            var encoded = URLEncoder.encode(number, StandardCharsets.UTF_8);
            for (var path : List.of(
                    "/events?limit=%s",
                    "/services?wait=%ss&revision=0", "/services?wait=%sh", "/services?wait=1ms&revision=%s")) {
                var answer = client.get(path.formatted(encoded));
                softly.assertThat(answer.statusCode())
                        .as(path.formatted(number))
                        .isEqualTo(400);
            }
        }
        softly.assertThat(client.get("/services?wait=999999999999999h").statusCode())
                .isEqualTo(400);

        softly.assertAll();
    }

    @Test
    void givenNonsense_whenRegistered_thenKeptAsTextOrRefused() throws Exception {
        var softly = new SoftAssertions();

        for (var number : NONSENSE) {
            for (var field :
                    List.of("ServiceURL", "InstanceID", "Protocol", "Metadata", "RequiredServices", "Nobody")) {
                var json = "{\"ServiceName\":\"A\",\"ServiceURL\":\"http://127.0.0.1:1\",\"" + field + "\":" + number
                        + "}";
                var answer = client.post("/services", "application/json", json);
                softly.assertThat(answer.statusCode()).as(field + " " + number).isIn(200, 400);
            }
        }

        softly.assertAll();
    }
}

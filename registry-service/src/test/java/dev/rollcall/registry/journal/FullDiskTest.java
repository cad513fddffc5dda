package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.RegistryLoop;
import dev.rollcall.registry.RegistryRoutes;
import dev.rollcall.registry.RegistryService;
import dev.rollcall.registry.RegistrySettings;
import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.FakeDisk;
import dev.rollcall.testkit.FakeDisk.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The responses of a registry on a full disk, with the real loop and routes. */
class FullDiskTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KNOWN = "http://localhost:4000";

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> patches = new LinkedBlockingQueue<>();
    private final FakeDisk disk = new FakeDisk(new Random(1));
    private RegistryLoop loop;
    private HttpHost registry;
    private HttpHost dependant;

    @BeforeEach
    void start() throws Exception {
        loop = new RegistryLoop(
                RegistrySettings.parseOrExit(new String[] {"--heartbeat", "100ms"}, Map.of()),
                Journal.open(disk, JournalSettings.DEFAULT, "epoch"));
        loop.start();
        registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
        dependant = HttpHost.onFreePort(Routes.NONE.post("/services", request -> {
            patches.add(request.text());
            return Response.empty(200);
        }));
        assertThat(post(KNOWN).statusCode()).isEqualTo(200);
        var url = "http://localhost:" + dependant.port();
        assertThat(send("POST", """
                {"ServiceName":"GradingService","ServiceURL":"%s","RequiredServices":["LogService"],\
                "ServiceUpdateURL":"%s/services"}""".formatted(url, url)).statusCode()).isEqualTo(200);
        patches.clear();
    }

    @AfterEach
    void stop() {
        registry.close();
        dependant.close();
        loop.close();
    }

    @Test
    void givenAFullDisk_whenAnInstanceRegisters_thenItGets503AndNothingIsDone() throws Exception {
        disk.fail(Set.of(Operation.APPEND));

        var answer = post("http://localhost:4001");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("nothing was done");
        assertThat(listed()).contains(KNOWN).doesNotContain("http://localhost:4001");
        assertThat(patches).isEmpty();
    }

    @Test
    void givenAFullDisk_whenAnInstanceDeregisters_thenItGets503AndStays() throws Exception {
        disk.fail(Set.of(Operation.SYNC));

        var answer = send("DELETE", KNOWN);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(listed()).contains(KNOWN);
        assertThat(patches).isEmpty();
    }

    @Test
    void givenAFullDisk_whenThereIsRoomAgain_thenTheRegistryRecoversByItself() throws Exception {
        disk.fail(Set.of(Operation.APPEND));
        post("http://localhost:4001");
        Eventually.holds(
                "it says why",
                LIMIT,
                () -> loop.healthReasons().toString().startsWith("[the disk can't be written to: "));

        disk.heal();

        // nothing is written meanwhile
        Eventually.holds("it is over", LIMIT, () -> loop.healthReasons().isEmpty());
        assertThat(post("http://localhost:4001").statusCode()).isEqualTo(200);
        assertThat(patches.poll(30, TimeUnit.SECONDS)).contains("http://localhost:4001");
        assertThat(send("DELETE", KNOWN).statusCode()).isEqualTo(200);
        assertThat(patches.poll(30, TimeUnit.SECONDS)).contains("\"Removed\":[{");
    }

    @Test
    void givenAFullDisk_whenAProviderDies_thenAPlainDependantIsNotifiedOnceThatIsOnDisk() throws Exception {
        var provider = HttpHost.onFreePort(Routes.NONE.get("/heartbeat", request -> Response.empty(200)));
        var url = "http://localhost:" + provider.port();
        send("POST", """
                {"ServiceName":"LogService","ServiceURL":"%s","HeartbeatURL":"%s/heartbeat"}""".formatted(url, url));
        assertThat(patches.poll(30, TimeUnit.SECONDS)).contains(url);
        disk.fail(Set.of(Operation.APPEND));

        provider.close();
        Eventually.holds(
                "it is evicted",
                LIMIT,
                () -> loop.view().entries().stream().anyMatch(entry -> entry.health() == Health.EVICTED));
        assertThat(patches).isEmpty();
        disk.heal();

        assertThat(patches.poll(30, TimeUnit.SECONDS))
                .contains("\"Removed\":[{")
                .contains(url);
    }

    @Test
    void givenADiskFullFromTheStart_whenTheRegistryStarts_thenItExitsWithOneLine(@TempDir Path directory)
            throws Exception {
        try (var journal = Journal.open(directory)) {
            for (var i = 0; i < 50; i++) {
                journal.append(List.of(new JournalRecord.Reserved(i)))
                        .toCompletableFuture()
                        .join();
            }
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // no file may grow beyond a kilobyte, which the journal is already
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 1; exec \"$0\" \"$@\"",
                        java,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryService.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines().filter(line -> !line.contains(" ERROR ") && !line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "RegistryService: can't keep the roll in " + directory + ": the disk can't be written to")
                    .endsWith("choose another directory with --data");
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.size(directory.resolve(RollFiles.JOURNAL))).isGreaterThan(1_024);
    }

    private String listed() throws Exception {
        return send("GET", "").body();
    }

    private HttpResponse<String> post(String url) throws Exception {
        return send("POST", "{\"ServiceName\":\"LogService\",\"ServiceURL\":\"" + url + "\"}");
    }

    private HttpResponse<String> send(String method, String body) throws Exception {
        var uri = URI.create("http://localhost:" + registry.port() + "/services");
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}

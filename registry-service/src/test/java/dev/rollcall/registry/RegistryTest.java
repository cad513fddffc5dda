package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry's loop, sender and routes together, with real listeners. */
class RegistryTest {
    private static final long SECONDS = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> patches = new LinkedBlockingQueue<>();

    @TempDir
    private Path data;

    private RegistryLoop loop;
    private HttpHost registry;
    private HttpHost listener;

    @BeforeEach
    void start() throws Exception {
        start("100ms");
    }

    private void start(String heartbeat) throws Exception {
        loop = new RegistryLoop(
                RegistrySettings.parseOrExit(new String[] {"--heartbeat", heartbeat}, Map.of()), Journal.open(data));
        loop.start();
        registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
        listener = HttpHost.onFreePort(
                Routes.NONE.get("/heartbeat", request -> Response.empty(200)).post("/services", request -> {
                    patches.add(request.text());
                    return Response.empty(200);
                }));
    }

    @AfterEach
    void stop() {
        registry.close();
        loop.close();
        listener.close();
    }

    @Test
    void givenAPlainService_whenItRegisters_thenItsFirstPatchPrecedesTheResponse() throws Exception {
        var answer = post(registration("GradingService", listener, "\"LogService\""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("0");
        assertThat(answer.headers().firstValue("Registry-Epoch")).isPresent();
        assertThat(patches.poll()).isEqualTo("{\"Added\":[],\"Removed\":[]}");
    }

    @Test
    void givenAClosedLoop_whenTheLogServiceIsLookedUp_thenItRespondsAtOnce() throws Exception {
        post("{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000\"}");
        loop.close();
        var start = System.nanoTime();

        var providers = loop.providersOf(ServiceName.LOG);

        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS));
        assertThat(providers).extracting(provider -> provider.url().value()).containsExactly("http://localhost:4000");
    }

    @Test
    void givenADependant_whenAProviderComesAndGoes_thenItIsNotifiedOfBoth() throws Exception {
        post(registration("GradingService", listener, "\"LogService\""));
        patches.take();

        post("{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000/\"}");
        var added = patches.poll(SECONDS, TimeUnit.SECONDS);
        delete(" http://localhost:4000\n");
        var removed = patches.poll(SECONDS, TimeUnit.SECONDS);

        assertThat(added)
                .isEqualTo("{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"http://localhost:4000\"}],\"Removed\":[]}");
        assertThat(removed)
                .isEqualTo("{\"Added\":[],\"Removed\":[{\"Name\":\"LogService\",\"URL\":\"http://localhost:4000\"}]}");
    }

    @Test
    void givenAProbedProvider_whenItDies_thenItsDependantIsNotifiedBeforeTheNextHeartbeat() throws Exception {
        stop();
        start("1h");
        post(registration("GradingService", listener, "\"LogService\""));
        patches.take();
        var provider = HttpHost.onFreePort(Routes.NONE.get("/heartbeat", request -> Response.empty(200)));
        post(registration("LogService", provider, ""));
        var added = patches.poll(SECONDS, TimeUnit.SECONDS);

        provider.close();
        var removed = patches.poll(SECONDS, TimeUnit.SECONDS);

        assertThat(added).contains("\"Added\":[{\"Name\":\"LogService\"");
        assertThat(removed).contains("\"Removed\":[{\"Name\":\"LogService\"");
    }

    @Test
    void givenADeregisteredService_whenItIsDeregisteredAgain_thenItIsNotFound() throws Exception {
        post("{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000\"}");

        var first = delete("http://localhost:4000");
        var second = delete("http://localhost:4000");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"ServiceURL\":\"http://localhost:1\"}",
                "{\"ServiceName\":\" \",\"ServiceURL\":\"http://localhost:1\"}",
                "{\"ServiceName\":\"A\"}",
                "{\"ServiceName\":\"A\",\"ServiceURL\":\"localhost:1\"}",
                "{\"ServiceName\":\"A\",\"ServiceURL\":\"ftp://localhost:1\"}",
                "{\"ServiceName\":\"A\",\"ServiceURL\":\"/relative\"}",
                "{\"ServiceName\":\"A\",\"ServiceURL\":\"http://localhost:1\",\"HeartbeatURL\":\"nonsense\"}"
            })
    void givenAnInvalidRegistration_whenItIsPosted_thenItIsRefusedAndNotStored(String body) throws Exception {
        var answer = post(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(list("")).isEmpty();
    }

    @Test
    void givenARegistrationOfAMegabyte_whenItIsPosted_thenItIsRefusedWithTheRightReason() throws Exception {
        var answer = post("{\"ServiceName\":\"A\",\"ServiceURL\":\"http://localhost:1\",\"Metadata\":{\"a\":\""
                + "x".repeat(1_000_000) + "\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("Metadata holds 1000001 bytes of text; at most 4096 are allowed");
        assertThat(list("")).isEmpty();
    }

    @Test
    void givenAnOldJournalWithAMegabyteOfMetadata_whenStarted_thenTheInstanceIsKeptWithoutIt() throws Exception {
        var large = new Registration(
                ServiceName.LOG,
                HttpUrl.of("http://localhost:4000"),
                List.of(),
                null,
                null,
                "",
                0,
                Map.of("a", "x".repeat(1_000_000)));
        stop();
        try (var journal = Journal.open(data)) {
            journal.append(List.of(new JournalRecord.Registered(1, large)))
                    .toCompletableFuture()
                    .get();
        }

        start("1h");
        var entries = list("");

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("ServiceName").asText()).isEqualTo("LogService");
        assertThat(entries.get(0).get("Metadata")).isEmpty();
    }

    @Test
    void givenSomeInstances_whenQueried_thenTheResponseFollowsTheProtocol() throws Exception {
        post(registration("GradingService", listener, "\"LogService\",\"MailService\""));
        post("{\"serviceName\":\"LogService\",\"SERVICEURL\":\"http://localhost:4000\",\"RequiredServices\":null}");

        var all = list("");
        var logs = list("?name=LogService");
        var unchecked = list("?health=unchecked");

        assertThat(all).hasSize(2);
        assertThat(all.get(0).get("ServiceName").asText()).isEqualTo("GradingService");
        assertThat(all.get(0).get("RequiredServices")).hasSize(2);
        assertThat(all.get(0).get("Missing")).hasSize(1);
        assertThat(all.get(0).get("Missing").get(0).asText()).isEqualTo("MailService");
        assertThat(logs).hasSize(1);
        assertThat(unchecked).isEqualTo(logs);
    }

    @Test
    void givenAKnownRevision_whenQueried_thenNothingIsSentAgain() throws Exception {
        post("{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000\"}");
        var tag = get("/services/LogService").headers().firstValue("ETag").orElseThrow();

        var same = client.send(
                HttpRequest.newBuilder(at("/services/LogService"))
                        .header("If-None-Match", tag)
                        .build(),
                BodyHandlers.ofString());
        post("{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4001\"}");
        var other = get("/services/LogService").headers().firstValue("ETag").orElseThrow();

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(other).isNotEqualTo(tag);
    }

    @Test
    void givenAnUpdateUrlWithoutListener_whenItRegisters_thenTheResponseComesWithinASecond() throws Exception {
        listener.close();

        var start = System.nanoTime();
        var answer = post(registration("GradingService", listener, ""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(SECONDS));
    }

    private String registration(String name, HttpHost host, String requires) {
        var url = "http://localhost:" + host.port();
        return """
                {"ServiceName":"%s","ServiceURL":"%s","RequiredServices":[%s],\
                "ServiceUpdateURL":"%s/services","HeartbeatURL":"%s/heartbeat"}""".formatted(name, url, requires, url, url);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at("/services"))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> delete(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(at("/services"))
                        .method("DELETE", BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode list(String query) throws Exception {
        return new ObjectMapper().readTree(get("/services" + query).body());
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + registry.port() + path);
    }
}

package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Providers;
import dev.rollcall.http.HttpHost;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.testkit.ProtocolExamples;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostRoutesTest {
    private static final Provider LOG = Provider.of(ServiceName.LOG, HttpUrl.of("http://localhost:4000"));
    private static final String ADDED = "{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"http://localhost:4000\"}]}";

    private final Providers providers = new Providers();
    private final AtomicInteger heartbeats = new AtomicInteger();
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        host = HttpHost.onFreePort(
                new HostRoutes(providers, "one-run", extended -> heartbeats.incrementAndGet()).routes());
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givenNoPatchYet_whenHeartbeatIsAsked_then200EmptyWithTheInstance() throws Exception {
        var response = client.get("/heartbeat");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
        assertThat(response.headers().firstValue("Registry-Instance")).contains("one-run");
        assertThat(response.headers().firstValue("Registry-View")).isEmpty();
        assertThat(heartbeats).hasValue(1);
    }

    @Test
    void givenTheProtocolsPatch_whenPosted_then200EmptyAndTaken() throws Exception {
        var response = client.post(
                "/services", "application/json", ProtocolExamples.read().body("### Patch"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).contains("0");
        assertThat(providers.of(ServiceName.LOG)).containsExactly(LOG);
        assertThat(providers.revision()).isEmpty();
    }

    @Test
    void givenPatchWithOneBadEntry_whenPosted_thenTheOthersAreTakenAndItIsSaidOnce() throws Exception {
        try (var log = CapturedLog.of(HostRoutes.class)) {
            var response = patch(
                    "{\"Added\":[{\"Name\":\"LogService\",\"URL\":\"localhost:4000\"},{},"
                            + "{\"Name\":\"LogService\",\"URL\":\"http://localhost:4000\"}]}",
                    "Registry-Patch",
                    "snapshot");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(providers.of(ServiceName.LOG)).containsExactly(LOG);
            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getLevel().toString()).isEqualTo("WARN");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void givenAnEpochThatIsNoToken_whenPosted_thenItIsNotKept(int length) throws Exception {
        var response = client.send(client.request("/services")
                .header("Registry-Epoch", length == 0 ? "a b" : "x".repeat(length))
                .header("Registry-Patch", "snapshot")
                .POST(BodyPublishers.ofString(ADDED)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(client.get("/heartbeat").headers().firstValue("Registry-View"))
                .isEmpty();
    }

    @Test
    void givenSnapshot_whenPosted_thenTheHeartbeatTellsItsRevision() throws Exception {
        var taken =
                patch(ADDED, "Registry-Patch", "snapshot", "Registry-Revision", "7", "Registry-Previous-Revision", "0");

        var heartbeat = client.get("/heartbeat");

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(heartbeat.headers().firstValue("Registry-View")).contains("epoch-1:7");
    }

    @Test
    void givenGap_whenPosted_then409AndNothingIsTaken() throws Exception {
        var refused = patch(ADDED, "Registry-Revision", "7", "Registry-Previous-Revision", "6");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Length")).contains("0");
        assertThat(providers.of(ServiceName.LOG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1.5", "99999999999999999999", "1e99999999999", "-1", "+1", "NaN"})
    void givenRevisionThatIsNoNumber_whenPosted_then400(String revision) throws Exception {
        var refused = patch(ADDED, "Registry-Revision", revision, "Registry-Previous-Revision", "0");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(providers.of(ServiceName.LOG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"Added\":{}}"})
    void givenBrokenPatch_whenPosted_then400AndNothingIsTaken(String body) throws Exception {
        var response = client.post("/services", "application/json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(providers.of(ServiceName.LOG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void givenAnotherMethod_whenPatchIsSent_then405(String method) throws Exception {
        assertThat(client.send(method, "/services").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> patch(String body, String... headers) throws Exception {
        return client.send(client.request("/services")
                .header("Registry-Epoch", "epoch-1")
                .headers(headers)
                .POST(BodyPublishers.ofString(body)));
    }
}

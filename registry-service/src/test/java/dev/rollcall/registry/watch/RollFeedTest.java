package dev.rollcall.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.registry.Events;
import dev.rollcall.registry.RegistryLoop;
import dev.rollcall.registry.RegistryRoutes;
import dev.rollcall.registry.RegistrySettings;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.EOFException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries, long polls and watches over real connections. */
@Timeout(300)
class RollFeedTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private int lives;
    private RegistryLoop loop;
    private HttpHost registry;
    private LoopbackClient client;

    @BeforeEach
    void start() throws Exception {
        start("--heartbeat", "100ms");
    }

    private void start(String... flags) throws Exception {
        loop = new RegistryLoop(
                RegistrySettings.parseOrExit(flags, Map.of()), Journal.open(data.resolve("life-" + ++lives)));
        loop.start();
        registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
        client = new LoopbackClient(registry.port());
    }

    private void restart(String... flags) throws Exception {
        stop();
        start(flags);
    }

    @AfterEach
    void stop() {
        registry.close();
        loop.close();
    }

    @Test
    void givenAnEmptyRoll_whenItIsWatched_thenTheSnapshotIsEmptyAndEachChangeFollows() throws Exception {
        try (var watch = watch("/services/watch", "")) {
            var snapshot = watch.next();
            register("LogService", "http://localhost:4000");
            var came = watch.next();
            loop.deregister(HttpUrl.of("http://localhost:4000")).get();
            var draining = watch.next();
            var left = watch.next();

            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.data().isArray()).isTrue();
            assertThat(snapshot.data()).isEmpty();
            assertThat(snapshot.id()).isEqualTo(loop.epoch() + ":0");
            assertThat(came.name()).isEqualTo("change");
            assertThat(came.id()).isEqualTo(loop.epoch() + ":1");
            assertThat(came.data().get("Revision").asLong()).isEqualTo(1);
            assertThat(came.data().get("Kind").asText()).isEqualTo("registered");
            assertThat(came.data().get("ServiceURL").asText()).isEqualTo("http://localhost:4000");
            assertThat(draining.data().get("Kind").asText()).isEqualTo("draining");
            assertThat(left.data().get("Kind").asText()).isEqualTo("deregistered");
        }
    }

    @Test
    void givenInstances_whenTheRollIsWatched_thenTheSnapshotEqualsTheQuery() throws Exception {
        register("LogService", "http://localhost:4000");
        register("GradingService", "http://localhost:6000", "LogService", "MailService");

        try (var all = watch("/services/watch", "");
                var one = watch("/services/watch?name=LogService", "")) {
            assertThat(all.next().data()).isEqualTo(json(client.get("/services")));
            assertThat(one.next().data()).isEqualTo(json(client.get("/services?name=LogService")));
        }
    }

    @Test
    void givenAWatcherThatWasAway_whenItReconnects_thenItGetsExactlyWhatItMissed() throws Exception {
        String last;
        try (var watch = watch("/services/watch", "")) {
            watch.next();
            register("A", "http://localhost:1");
            watch.next();
            last = watch.lastId();
        }
        register("B", "http://localhost:2");
        register("A", "http://localhost:3");

        try (var all = watch("/services/watch", last);
                var byParameter = watch("/services/watch?lastEventId=" + last, "");
                var one = watch("/services/watch?name=A", last)) {
            register("A", "http://localhost:4");

            assertThat(revisions(all, 3)).containsExactly(2L, 3L, 4L);
            assertThat(revisions(byParameter, 3)).containsExactly(2L, 3L, 4L);
            assertThat(revisions(one, 2)).containsExactly(3L, 4L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-epoch:1", "nonsense", "%s:99", "%s:0"})
    void givenAnOutdatedId_whenAWatcherReconnectsWithIt_thenItGetsASnapshot(String id) throws Exception {
        restart("--history", "1");
        register("A", "http://localhost:1");
        register("B", "http://localhost:2");

        try (var watch = watch("/services/watch", id.formatted(loop.epoch()))) {
            var first = watch.next();

            assertThat(first.name()).isEqualTo("snapshot");
            assertThat(first.revision()).isEqualTo(2);
            assertThat(first.data()).hasSize(2);
        }
    }

    @Test
    void givenARestartedRegistry_whenAWatcherReconnects_thenItGetsASnapshot() throws Exception {
        register("A", "http://localhost:1");
        String last;
        try (var watch = watch("/services/watch", "")) {
            watch.next();
            last = watch.lastId();
        }
        stop();
        lives--;
        start();

        try (var watch = watch("/services/watch", last)) {
            var first = watch.next();

            assertThat(first.name()).isEqualTo("snapshot");
            assertThat(first.id())
                    .startsWith(last.substring(0, last.indexOf(':')))
                    .isNotEqualTo(last);
            assertThat(first.data()).hasSize(1);
        }
    }

    @Test
    void givenAProbedProcess_whenItDies_thenAWatcherIsNotifiedWithinAMoment() throws Exception {
        var process = HttpHost.onFreePort(Routes.NONE.get("/heartbeat", request -> Response.empty(200)));
        try (var watch = watch("/services/watch", "")) {
            watch.next();
            client.post(
                    "/services",
                    "application/json",
                    "{\"ServiceName\":\"A\",\"ServiceURL\":\"http://localhost:%d\",\"HeartbeatURL\":\"http://localhost:%d/heartbeat\"}"
                            .formatted(process.port(), process.port()));
            assertThat(watch.next().data().get("Kind").asText()).isEqualTo("registered");
            assertThat(watch.next().data().get("Kind").asText()).isEqualTo("passing");

            process.close();
            var gone = watch.next();

            assertThat(gone.data().get("Kind").asText()).isEqualTo("evicted");
            assertThat(gone.data().get("Reason").asText()).isNotBlank();
        }
    }

    @Test
    void givenAnIdleWatch_whenTimePasses_thenACommentComes() throws Exception {
        var settings = new WatchSettings(10, 10, Duration.ofMillis(150), Duration.ofMinutes(1));
        var rollFeed = new RollFeed(settings, loop.view(), () -> 0);
        rollFeed.start();
        try (var host = HttpHost.onFreePort(Routes.NONE.get(
                        "/watch",
                        request -> Response.live(
                                "text/event-stream",
                                1_000,
                                stream -> rollFeed.watchers()
                                        .add(stream, java.util.Optional.empty(), new EventId("epoch", 0)))));
                var watch = Events.from(host.port(), "/watch", "")) {
            assertThat(watch.line()).startsWith(":");
            assertThat(watch.line()).isEmpty();
            assertThat(watch.line()).startsWith(":");
        } finally {
            rollFeed.close();
        }
    }

    @Test
    void givenTheMaximumOfWatchers_whenAnotherConnects_thenItIsRefusedUntilOneHasLeft() throws Exception {
        restart("--watchers-max", "1");
        try (var first = watch("/services/watch", "")) {
            first.next();
            var refused = client.get("/services/watch");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        // a disconnect is noticed at the next write
        Eventually.holds("there is room", LIMIT, () -> {
            register("A", "http://localhost:1");
            return loop.rollFeed().watcherCount() == 0;
        });
        try (var next = watch("/services/watch", "")) {
            assertThat(next.next().name()).isEqualTo("snapshot");
        }
    }

    @Test
    void givenWatchersAndLongPolls_whenTheRegistryStops_thenAllEndAtOnce() throws Exception {
        register("A", "http://localhost:1");
        try (var watch = watch("/services/watch", "")) {
            watch.next();
            var poll = client.sendAsync(client.request("/services?wait=1m&revision=1"));
            Eventually.holds("it waits", LIMIT, () -> loop.rollFeed().longPollCount() == 1);

            loop.rollFeed().release();
            var isDrained = registry.drain(LIMIT);

            assertThat(isDrained).isTrue();
            assertThat(poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(304);
            assertThatThrownBy(watch::next).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/services", "/services/A"})
    void givenALongPoll_whenTheRollChanges_thenTheResponseIsThatOfAQuery(String path) throws Exception {
        register("A", "http://localhost:1");
        var poll = client.sendAsync(client.request(path + "?wait=1m&revision=1"));
        Eventually.holds("it waits", LIMIT, () -> loop.rollFeed().longPollCount() == 1);

        register("A", "http://localhost:2");
        var answer = poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(json(client.get(path))).hasSize(2);
        assertThat(answer.headers().firstValue("Registry-Revision")).contains("2");
        assertThat(answer.headers().firstValue("ETag")).contains(loop.view().etag());
        assertThat(loop.rollFeed().longPollCount()).isZero();
    }

    @Test
    void givenALongPoll_whenNothingChanges_thenItIs304AtTheEndOfTheWait() throws Exception {
        register("A", "http://localhost:1");

        var start = System.nanoTime();
        var answer = client.get("/services?wait=200ms&revision=1");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200), LIMIT);
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("Registry-Revision")).contains("1");
        assertThat(answer.headers().firstValue("Registry-Epoch")).contains(loop.epoch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&revision=0", "&revision=99"})
    void givenALongPollOfAnotherRevision_whenItIsSent_thenTheResponseComesAtOnce(String known) throws Exception {
        register("A", "http://localhost:1");

        var answer = client.get("/services?wait=1m" + known);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).hasSize(1);
    }

    @Test
    void givenALongPollWithAnEntityTag_whenItIsTheCurrentOne_thenItWaits() throws Exception {
        register("A", "http://localhost:1");
        var tag = client.get("/services").headers().firstValue("ETag").orElseThrow();

        var same = client.send(client.request("/services?wait=50ms").header("If-None-Match", tag));
        var other = client.send(client.request("/services?wait=1m").header("If-None-Match", "\"other-1\""));

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/services?wait=1",
                "/services?wait=0s",
                "/services?wait=1s&revision=x",
                "/services?wait=1s&revision=-1",
                "/services?health=well",
                "/services?name=%20",
                "/services/watch?name=%20",
                "/events?limit=0",
                "/events?limit=10001"
            })
    void givenAnInvalidQuery_whenItIsSent_thenItIsRefused(String path) throws Exception {
        var answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void givenSomeChanges_whenEventsAreQueried_thenTheyComeNewestLast() throws Exception {
        register("A", "http://localhost:1");
        register("B", "http://localhost:2");
        loop.deregister(HttpUrl.of("http://localhost:1")).get();

        var all = json(client.get("/events"));
        var last = json(client.get("/events?limit=1"));
        var text = client.send(client.request("/events").header("Accept", "text/plain"));

        assertThat(all.findValuesAsText("Kind"))
                .containsExactly("registered", "registered", "draining", "deregistered");
        assertThat(last).hasSize(1);
        assertThat(last.get(0).get("ServiceName").asText()).isEqualTo("A");
        assertThat(last.get(0).get("Revision").asLong()).isEqualTo(4);
        assertThat(text.body().lines()).hasSize(4).last().asString().contains("deregistered  A  http://localhost:1");
    }

    @Test
    void givenInstances_whenPrometheusQueries_thenItGetsTheAnnouncedOnes() throws Exception {
        register("A", "http://localhost:4000");
        register("B", "https://example.org/below");
        client.post(
                "/services",
                "application/json",
                "{\"ServiceName\":\"C\",\"ServiceURL\":\"http://localhost:1\",\"HeartbeatURL\":\"http://localhost:1/\"}");

        var targets = client.get("/services/targets");

        assertThat(targets.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(targets.body())
                .isEqualTo("[{\"targets\":[\"localhost:4000\"],\"labels\":{\"__meta_rollcall_service\":\"A\","
                        + "\"__meta_rollcall_instance\":\"\",\"__meta_rollcall_health\":\"unchecked\",\"job\":\"A\"}},"
                        + "{\"targets\":[\"example.org:443\"],\"labels\":{\"__meta_rollcall_service\":\"B\","
                        + "\"__meta_rollcall_instance\":\"\",\"__meta_rollcall_health\":\"unchecked\",\"job\":\"B\","
                        + "\"__scheme__\":\"https\"}}]");
    }

    private Events watch(String path, String lastId) throws Exception {
        return Events.from(registry.port(), path, lastId);
    }

    private void register(String name, String url, String... requires) throws Exception {
        var names = List.of(requires).stream().map(ServiceName::new).toList();
        loop.register(new Registration(new ServiceName(name), HttpUrl.of(url), names, null, null, "", 0, Map.of()))
                .get();
    }

    private static List<Long> revisions(Events events, int count) throws Exception {
        var revisions = new java.util.ArrayList<Long>();
        for (var i = 0; i < count; i++) {
            revisions.add(events.next().revision());
        }
        return revisions;
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }
}

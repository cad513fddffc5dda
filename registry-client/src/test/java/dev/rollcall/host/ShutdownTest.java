package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.testkit.CapturedLog;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.testkit.LoopbackClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ShutdownTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private CapturedLog log;
    private HttpHost host;
    private LoopbackClient client;

    @BeforeEach
    void start() throws IOException {
        log = CapturedLog.of(Shutdown.class);
        host = HttpHost.onFreePort(
                Routes.NONE.get("/quick", request -> Response.empty(200)).get("/later", request -> {
                    stopRequested.countDown();
                    return Response.later(later);
                }));
        client = new LoopbackClient(host.port());
    }

    @AfterEach
    void stop() {
        host.close();
        log.close();
    }

    @Test
    void givenParts_whenStopped_thenOffTheRollWhileServingThenDrainedThenClosedInOrder() throws Exception {
        var life = new Shutdown(host, LIMIT)
                .closeBeforeDrain(() -> closed.add(
                        "off the roll, serving " + client.get("/quick").statusCode()))
                .closeAfterDrain(() -> closed.add("store after " + host.stats().inFlight() + " requests"))
                .closeAfterDrain(() -> closed.add("log"));
        var waiting = client.sendAsync(client.request("/later"));
        assertThat(stopRequested.await(30, TimeUnit.SECONDS)).isTrue();
        life.stop();
        var stopped = CompletableFuture.runAsync(life::awaitStopAndStop);
        Eventually.holds("refuses", LIMIT, () -> client.get("/quick").statusCode() == 503);
        assertThat(closed).hasSize(1);

        later.complete(Response.empty(200));

        stopped.get(30, TimeUnit.SECONDS);
        assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(closed).containsExactly("off the roll, serving 200", "store after 0 requests", "log");
        assertThatThrownBy(() -> client.get("/quick")).isInstanceOf(IOException.class);
    }

    @Test
    void givenSomethingAwaited_whenItComesOrAStopComes_thenGoesOnAtOnceAndOtherwiseAfterTheLimit() {
        var life = new Shutdown(host, LIMIT);
        var awaited = new CompletableFuture<Void>();

        assertThat(life.awaitUnlessStopped(awaited, Duration.ofMillis(1))).isFalse();
        assertThat(life.awaitUnlessStopped(CompletableFuture.completedFuture(1), LIMIT))
                .isTrue();
        life.stop();
        assertThat(life.awaitUnlessStopped(awaited, LIMIT)).isTrue();
    }

    @Test
    void givenPartsThatFailToClose_whenStopped_thenTheOthersAreClosedAllTheSame() {
        var life = new Shutdown(host, LIMIT)
                .closeBeforeDrain(() -> {
                    throw new IOException("registry");
                })
                .closeAfterDrain(() -> {
                    throw new IllegalStateException("store");
                })
                .closeAfterDrain(() -> closed.add("log"));

        life.stop();
        life.awaitStopAndStop();

        assertThat(closed).containsExactly("log");
        assertThat(log.events()).hasSize(2);
        assertThatThrownBy(() -> client.get("/quick")).isInstanceOf(IOException.class);
    }

    @Test
    void givenRequestThatDoesNotEnd_whenStopped_thenNotLongerThanTheDrain() throws Exception {
        var life = new Shutdown(host, Duration.ofMillis(100)).closeAfterDrain(() -> closed.add("store"));
        var waiting = client.sendAsync(client.request("/later"));
        assertThat(stopRequested.await(30, TimeUnit.SECONDS)).isTrue();

        life.stop();
        life.awaitStopAndStop();

        assertThat(closed).containsExactly("store");
        assertThat(log.events())
                .extracting(event -> event.getMessage())
                .containsExactly("stopped waiting for requests in flight");
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void givenDraining_whenAskedAgainToStop_thenTheWaitEnds() throws Exception {
        var life = new Shutdown(host, Duration.ofMinutes(1)).closeAfterDrain(() -> closed.add("store"));
        client.sendAsync(client.request("/later"));
        assertThat(stopRequested.await(30, TimeUnit.SECONDS)).isTrue();
        life.stop();
        var stopped = CompletableFuture.runAsync(life::awaitStopAndStop);
        Eventually.holds("refuses", LIMIT, () -> client.get("/quick").statusCode() == 503);

        life.stop();

        stopped.get(30, TimeUnit.SECONDS);
        assertThat(closed).containsExactly("store");
    }

    @Test
    void givenPartThatIsSlowToLeaveTheRoll_whenAskedAgainToStop_thenItIsInterrupted() throws Exception {
        var leaving = new CountDownLatch(1);
        var life = new Shutdown(host, LIMIT)
                .closeBeforeDrain(() -> {
                    leaving.countDown();
                    new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                })
                .closeAfterDrain(() -> closed.add("store"));
        life.stop();
        var stopped = CompletableFuture.runAsync(life::awaitStopAndStop);
        assertThat(leaving.await(30, TimeUnit.SECONDS)).isTrue();

        life.stop();

        stopped.get(30, TimeUnit.SECONDS);
        assertThat(closed).containsExactly("store");
    }
}

package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.http.HttpHost;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.registry.journal.RollCopy;
import dev.rollcall.testkit.LoopbackClient;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A watcher that is cut off repeatedly while the roll keeps changing: it misses nothing and gets nothing twice. */
@Timeout(300)
class WatchChurnTest {
    private static final List<ServiceName> SERVICES =
            List.of(new ServiceName("A"), new ServiceName("B"), new ServiceName("C"));
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PLACES = 20;
    private static final int CHANGES = 3_000;

    @TempDir
    private Path data;

    private RegistryLoop loop;
    private HttpHost registry;

    @BeforeEach
    void start() throws Exception {
        loop = new RegistryLoop(
                RegistrySettings.parseOrExit(new String[] {"--history", "300"}, Map.of()), Journal.open(data));
        loop.start();
        registry = HttpHost.onFreePort(RegistryRoutes.over(loop));
    }

    @AfterEach
    void stop() {
        registry.close();
        loop.close();
    }

    static Stream<Arguments> seeds() {
        return Stream.of("", "A").flatMap(name -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(name, seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givenChurn_whenAWatcherReconnectsAtRandom_thenItEndsWithExactlyTheRoll(String name, long seed)
            throws Exception {
        var random = new Random(seed);
        var watcher = new Restless(registry.port(), name);
        var isEnough = new AtomicBoolean();
        var churn = CompletableFuture.supplyAsync(() -> churn(new Random(seed + 1_000), isEnough));

        while (!churn.isDone()) {
            watcher.watch(random.nextInt(200), Long.MAX_VALUE, Duration.ofMillis(50));
            isEnough.set(watcher.snapshots > 1 && watcher.resumptions > 1);
            awaitChanges(random.nextInt(4) == 0 ? 400 : random.nextInt(10), churn);
        }
        var last = change(new ServiceName("A"));
        while (watcher.seen < last) {
            // more than once if the stream ends because it lags too far
            watcher.watch(Integer.MAX_VALUE, last, LIMIT);
        }

        assertThat(churn).isCompletedWithValue(null);
        assertThat(watcher.copy.lines()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(roll(watcher.query));
    }

    /** Changes the roll until stopped. */
    private @Nullable Void churn(Random random, AtomicBoolean isEnough) {
        for (var i = 0; i < CHANGES || !isEnough.get(); i++) {
            var url = HttpUrl.of("http://place:" + (1 + random.nextInt(PLACES)));
            if (random.nextInt(3) == 0) {
                loop.deregister(url).join();
            } else {
                loop.register(new Registration(any(random), url, List.of(any(random)), null, null, "", 0, Map.of()))
                        .join();
            }
        }
        return null;
    }

    /** Registers a newcomer and returns its revision. */
    private long change(ServiceName name) {
        loop.register(Registration.of(name, HttpUrl.of("http://place:" + (PLACES + 1))))
                .join();
        return loop.view().revision();
    }

    private static ServiceName any(Random random) {
        return SERVICES.get(random.nextInt(SERVICES.size()));
    }

    private void awaitChanges(int count, CompletableFuture<?> churn) {
        var enough = loop.view().revision() + count;
        while (loop.view().revision() < enough && !churn.isDone()) {
            Thread.onSpinWait();
        }
    }

    private List<JsonNode> roll(String query) throws Exception {
        var answer = new LoopbackClient(registry.port()).get("/services" + query);
        var lines = new ObjectMapper().readTree(answer.body());
        return new ArrayList<>(StreamSupport.stream(lines.spliterator(), false)
                .map(RollCopy::comparable)
                .toList());
    }

    /** Watches for a while, disconnects, reconnects with the last id; checks that nothing is missing or duplicated. */
    private static final class Restless {
        private final int port;
        private final String name;
        private final String query;
        private final RollCopy copy;
        private String last = "";
        private long seen = -1;
        private int snapshots;
        private int resumptions;

        Restless(int port, String name) {
            this.port = port;
            this.name = name;
            this.query = name.isEmpty() ? "" : "?name=" + name;
            this.copy = new RollCopy(name);
        }

        /** Disconnects after so many events, or at a revision, or when nothing comes for a while. */
        void watch(int eventsMax, long revision, Duration quiet) throws IOException {
            try (var events = Events.from(port, "/services/watch" + query, last)) {
                events.limit(quiet);
                var event = events.poll();
                for (var i = 0; i < eventsMax && event.isPresent(); i++) {
                    take(event.get(), i == 0);
                    last = events.lastId();
                    if (seen >= revision) {
                        break;
                    }
                    event = events.poll();
                }
            } catch (EOFException e) {
                // lags too far: it reconnects
            }
        }

        private void take(Events.Event event, boolean isFirst) {
            if (event.name().equals("snapshot")) {
                assertThat(isFirst).isTrue();
                snapshots++;
            } else if (name.isEmpty()) {
                assertThat(event.revision()).isEqualTo(seen + 1);
            } else {
                assertThat(event.revision()).isGreaterThan(seen);
            }
            resumptions += isFirst && event.name().equals("change") ? 1 : 0;
            seen = event.revision();
            copy.take(event);
        }
    }
}

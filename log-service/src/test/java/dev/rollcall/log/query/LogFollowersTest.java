package dev.rollcall.log.query;

import dev.rollcall.http.LiveStream;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreSettings;
import dev.rollcall.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFollowersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final QuerySettings OFTEN =
            new QuerySettings(32, Duration.ofSeconds(5), 1_000, 64L << 20, Duration.ofMillis(20));

    @TempDir
    Path directory;

    /** An executor drops a periodic task that throws. */
    @Test
    void givenAKeepAliveThatRunsOutOfMemory_whenTimePasses_thenTheNextOnesCome() throws Exception {
        try (var store = LogStore.open(directory, StoreSettings.DEFAULT, InstantSource.system());
                var followers = LogFollowers.of(store, OFTEN)) {
            var stream = new FailingStream();
            try (var view = store.view()) {
                followers.add(stream, LogQuery.ALL, LogFormat.EVENTS, view.end());
            }
            Eventually.holds("it is reminded", LIMIT, () -> stream.offered.size() >= 2);

            stream.fails = true;
            Eventually.holds(
                    "it is unhealthy", LIMIT, () -> !followers.healthReasons().isEmpty());
            stream.fails = false;
            var before = stream.offered.size();

            Eventually.holds("it is reminded again", LIMIT, () -> stream.offered.size() > before);
            Eventually.holds(
                    "all is well", LIMIT, () -> followers.healthReasons().isEmpty());
        }
    }

    private static final class FailingStream implements LiveStream {
        private final List<String> offered = new CopyOnWriteArrayList<>();
        private volatile boolean fails;

        @Override
        public boolean offer(byte[] chunk) {
            if (fails) {
                throw new OutOfMemoryError("as if");
            }
            return offered.add(new String(chunk, StandardCharsets.UTF_8));
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void onIdle(Runnable listener) {}

        @Override
        public void close() {}

        @Override
        public void onClosed(Consumer<End> listener) {}
    }
}

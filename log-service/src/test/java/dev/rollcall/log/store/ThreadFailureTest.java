package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's threads meet an {@link OutOfMemoryError}, thrown by the clock that they read. */
final class ThreadFailureTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> DISK = List.of("records can't be written to disk: storing failed");
    private static final List<String> SEGMENTS = List.of("segments can't be compressed or deleted");

    @TempDir
    Path directory;

    private volatile String failing = "";

    @Test
    void givenTheWriterRunsOutOfMemory_whenItHasSome_thenRefusedUnhealthyAndThenStored() throws Exception {
        try (var store = LogStore.open(directory, StoreSettings.DEFAULT, this::instant)) {
            failing = "log-store";
            var refused = store.append(Lines.plain("a")).toCompletableFuture().get(30, TimeUnit.SECONDS);
            var reasons = store.healthReasons();
            failing = "";

            var stored = store.append(Lines.plain("b")).toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(refused).isInstanceOf(AppendResult.Unavailable.class);
            assertThat(reasons).isEqualTo(DISK);
            assertThat(stored).isNotInstanceOf(AppendResult.Unavailable.class);
            assertThat(store.healthReasons()).isEmpty();
        }
    }

    @Test
    void givenRetentionRunsOutOfMemory_whenTimePasses_thenUnhealthyAndItGoesOn() throws Exception {
        failing = "log-retention";

        try (var store = LogStore.open(directory, StoreSettings.DEFAULT, this::instant)) {
            Eventually.holds(
                    "it is unhealthy", LIMIT, () -> store.healthReasons().equals(SEGMENTS));

            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().equals("log-retention"));
        }
    }

    private Instant instant() {
        if (Thread.currentThread().getName().equals(failing)) {
            throw new OutOfMemoryError("as if");
        }
        return Lines.NOW;
    }
}

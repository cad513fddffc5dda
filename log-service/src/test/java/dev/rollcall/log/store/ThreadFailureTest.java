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

/** The store's threads meet what a JVM without memory throws, by way of the clock that they look at. */
final class ThreadFailureTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> DISK = List.of("the disk takes no records: storing failed");
    private static final List<String> SEGMENTS = List.of("segments can't be compressed or deleted");

    @TempDir
    Path directory;

    private volatile String failing = "";

    @Test
    void givenTheWriterRunsOutOfMemory_whenItHasSome_thenRefusedDoubtfulAndThenStored() throws Exception {
        try (var store = LogStore.open(directory, StoreSettings.DEFAULT, this::instant)) {
            failing = "log-store";
            var refused = store.append(Lines.plain("a")).toCompletableFuture().get(30, TimeUnit.SECONDS);
            var doubts = store.healthReasons();
            failing = "";

            var stored = store.append(Lines.plain("b")).toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(refused).isInstanceOf(AppendResult.Unavailable.class);
            assertThat(doubts).isEqualTo(DISK);
            assertThat(stored).isNotInstanceOf(AppendResult.Unavailable.class);
            assertThat(store.healthReasons()).isEmpty();
        }
    }

    @Test
    void givenTheHousekeeperRunsOutOfMemory_whenTimePasses_thenDoubtfulAndItLives() throws Exception {
        failing = "log-housekeeper";

        try (var store = LogStore.open(directory, StoreSettings.DEFAULT, this::instant)) {
            Eventually.holds(
                    "it is doubtful", LIMIT, () -> store.healthReasons().equals(SEGMENTS));

            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().equals("log-housekeeper"));
        }
    }

    private Instant instant() {
        if (Thread.currentThread().getName().equals(failing)) {
            throw new OutOfMemoryError("as if");
        }
        return Lines.NOW;
    }
}

package dev.rollcall.log.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store's directory, or the active file, is moved away while it is open. */
@Timeout(60)
final class GoneStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final StoreSettings SETTINGS =
            new StoreSettings(20_000, Duration.ofHours(1), Long.MAX_VALUE, Duration.ofDays(30), 1 << 20, 100);

    @TempDir
    Path parent;

    @Test
    void givenADirectoryMovedAway_whenAppendedTo_thenUnavailableUntilItIsBack() throws Exception {
        var data = parent.resolve("data");
        try (var store = LogStore.open(data, SETTINGS, InstantSource.fixed(Lines.NOW))) {
            assertThat(append(store, "one")).isInstanceOf(AppendResult.Stored.class);

            Files.move(data, parent.resolve("away"));

            // nothing is written in the meantime
            Eventually.holds(
                    "it shows", LIMIT, () -> store.healthReasons().toString().contains("moved or replaced"));
            assertThat(append(store, "two")).isInstanceOf(AppendResult.Unavailable.class);

            Files.move(parent.resolve("away"), data);
            Eventually.holds("it is over", LIMIT, () -> store.healthReasons().isEmpty());
            assertThat(append(store, "three")).isInstanceOf(AppendResult.Stored.class);
        }
        assertThat(data.resolve("log-000000000001.ndjson"))
                .content()
                .contains("one", "three")
                .doesNotContain("two");
    }

    @Test
    void givenOnlyTheWrittenFileReplaced_whenNothingIsAppended_thenItShows() throws Exception {
        try (var store = LogStore.open(parent, SETTINGS, InstantSource.fixed(Lines.NOW))) {
            var file = parent.resolve("log-000000000001.ndjson");

            Files.delete(file);
            Files.writeString(file, "");

            Eventually.holds(
                    "it shows", LIMIT, () -> store.healthReasons().toString().contains(file.toString()));
            assertThat(append(store, "two")).isInstanceOf(AppendResult.Unavailable.class);
        }
    }

    private static AppendResult append(LogStore store, String message) throws Exception {
        return store.append(Lines.plain(message)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}

package dev.rollcall.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.disk.DiskDirectory;
import dev.rollcall.registry.core.JournalRecord;
import dev.rollcall.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal, or its directory, is removed while it is open. */
@Timeout(60)
final class GoneJournalTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    @Test
    void givenADirectoryMovedAway_whenAppendedTo_thenRefusedUntilItIsBack() throws Exception {
        var data = parent.resolve("data");
        try (var journal = Journal.open(data)) {
            append(journal, 1);

            Files.move(data, parent.resolve("away"));

            // nothing is written meanwhile
            Eventually.holds("it shows", LIMIT, journal::isFailing);
            assertThat(journal.failure()).contains("deleted, moved or replaced");
            assertThatThrownBy(() -> append(journal, 2)).rootCause().hasMessageContaining("moved or replaced");

            Files.move(parent.resolve("away"), data);
            append(journal, 3);
            assertThat(journal.failure()).isEmpty();
        }
        try (var journal = Journal.open(data)) {
            assertThat(journal.state().revision()).isEqualTo(3);
        }
    }

    @Test
    void givenOnlyTheJournalDeleted_whenNothingIsAppended_thenItIsReported() throws Exception {
        try (var journal = Journal.open(parent)) {
            append(journal, 1);

            Files.delete(parent.resolve(RollFiles.JOURNAL));

            Eventually.holds("it shows", LIMIT, journal::isFailing);
            assertThatThrownBy(() -> append(journal, 2)).rootCause().hasMessageContaining(RollFiles.JOURNAL);
        }
    }

    @Test
    void givenOnlyTheSnapshotDeleted_whenNothingIsAppended_thenItIsWrittenAgain() throws Exception {
        var settings = new JournalSettings(100, 1, 1 << 20);
        var snapshot = parent.resolve(RollFiles.SNAPSHOT);
        try (var journal = Journal.open(DiskDirectory.claim(parent), settings, "epoch")) {
            for (var i = 1; i <= 20; i++) {
                append(journal, i);
            }
            Eventually.holds("there is a snapshot", LIMIT, () -> Files.exists(snapshot));

            Files.delete(snapshot);

            Eventually.holds("there is one again", LIMIT, () -> Files.exists(snapshot));
        }
        try (var journal = Journal.open(parent)) {
            assertThat(journal.state().revision()).isEqualTo(20);
            assertThat(journal.state().epoch()).isEqualTo("epoch");
        }
    }

    private static void append(Journal journal, long reserved) throws Exception {
        var unused = journal.append(List.of(new JournalRecord.Reserved(reserved)))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}

package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.store.Database;
import dev.rollcall.testkit.HttpDocument;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/http.md} and the grading service's routes the same. */
final class EndpointsTest {
    @TempDir
    private Path data;

    @Test
    void givenTheGradingServicesRoutes_whenComparedWithTheDocument_thenTheSame() throws Exception {
        var clock = InstantSource.system();
        var store = Database.SQLITE.open(data.toString(), Gradebook.seed(false, clock));

        try (var gradebook = Gradebook.on(store, clock, 1)) {
            assertThat(GradingRoutes.over(gradebook, clock).endpoints())
                    .isEqualTo(HttpDocument.endpoints("Grading service"));
        }
    }
}

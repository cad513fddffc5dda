package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.journal.Journal;
import dev.rollcall.testkit.HttpDocument;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/http.md} and the registry's routes the same. */
final class EndpointsTest {
    @TempDir
    private Path data;

    @Test
    void givenTheRegistrysRoutes_whenComparedWithTheDocument_thenTheSame() throws Exception {
        var settings = RegistrySettings.parseOrExit(new String[0], Map.of());

        try (var loop = new RegistryLoop(settings, Journal.open(data))) {
            assertThat(RegistryRoutes.over(loop).endpoints()).isEqualTo(HttpDocument.endpoints("Registry"));
        }
    }
}

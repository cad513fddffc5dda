package dev.rollcall.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.log.query.LogFollowers;
import dev.rollcall.log.query.LogQueryRoutes;
import dev.rollcall.log.query.QuerySettings;
import dev.rollcall.log.store.LogStore;
import dev.rollcall.log.store.StoreSettings;
import dev.rollcall.testkit.HttpDocument;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/http.md} and the log service's routes the same. */
final class EndpointsTest {
    @TempDir
    private Path data;

    @Test
    void givenTheLogServicesRoutes_whenComparedWithTheDocument_thenTheSame() throws Exception {
        var clock = InstantSource.fixed(TestService.NOW);
        var settings = QuerySettings.DEFAULT;

        try (var store = LogStore.open(data, StoreSettings.DEFAULT, clock);
                var followers = LogFollowers.of(store, settings)) {
            var routes = LogRoutes.into(store, new BodyMemory(1 << 20, 1 << 20), clock)
                    .and(LogQueryRoutes.over(store, clock, followers, settings));

            assertThat(routes.endpoints()).isEqualTo(HttpDocument.endpoints("Log service"));
        }
    }
}

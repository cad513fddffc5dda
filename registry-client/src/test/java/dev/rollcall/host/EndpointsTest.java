package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.Providers;
import dev.rollcall.http.HttpStats;
import dev.rollcall.testkit.HttpDocument;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/http.md} and the routes of every service the same. */
final class EndpointsTest {
    @Test
    void givenTheRoutesOfEveryService_whenComparedWithTheDocument_thenTheSame() throws Exception {
        var status = new StatusRoutes(
                ServiceName.GRADING,
                "one-run",
                Instant.EPOCH,
                List::of,
                () -> new HttpStats(0, Map.of(), 0),
                List.of());
        var routes = status.routes().and(new HostRoutes(new Providers(), "one-run", isExtended -> {}).routes());

        assertThat(routes.endpoints()).isEqualTo(HttpDocument.endpoints("Every service"));
    }
}

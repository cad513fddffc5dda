package dev.rollcall.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ProviderChoice;
import dev.rollcall.discovery.Providers;
import dev.rollcall.discovery.RegistryClient;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.portal.logs.PageTails;
import dev.rollcall.portal.system.RollWatch;
import dev.rollcall.testkit.HttpDocument;
import dev.rollcall.wire.HttpUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/http.md} and the portal's routes the same. */
final class EndpointsTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void givenThePortalsRoutes_whenComparedWithTheDocument_thenTheSame() throws Exception {
        var clock = InstantSource.system();
        var providers = new Providers();
        var registry = new RegistryClient(List.of(HttpUrl.of("http://localhost:1")), LIMIT);
        var caller = new ServiceCaller(providers, ProviderChoice.roundRobin(), System::nanoTime, LIMIT, LIMIT);

        try (var watch = new RollWatch(registry, clock);
                var tails = new PageTails(providers)) {
            var routes = PortalService.routes(caller, providers, watch, tails, clock);

            assertThat(routes.endpoints()).isEqualTo(HttpDocument.endpoints("Portal"));
        }
    }
}

package dev.rollcall.registry.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OriginsTest {
    private static final HttpUrl ONE = HttpUrl.of("http://localhost:7001/one");
    private static final HttpUrl TWO = HttpUrl.of("http://localhost:7001/two");

    private final Origins origins = new Origins();

    @Test
    void givenTwoInstancesAtOneOrigin_whenOneLeaves_thenTheOtherIsStillFound() {
        origins.add(registration(ONE, "http://localhost:7001/one/heartbeat"));
        origins.add(registration(TWO, "http://localhost:7001/two/heartbeat"));
        var origin = OutgoingOrigin.nameOf(URI.create("http://localhost:7001/"));
        assertThat(origins.instancesAt(origin)).containsExactlyInAnyOrder(ONE, TWO);

        origins.remove(ONE);

        assertThat(origins.instancesAt(origin)).containsExactly(TWO);
    }

    @Test
    void givenAnInstanceThatKeepsRegistering_whenItsHeartbeatMoves_thenOldOriginsAreDropped() {
        for (var port = 8_000; port < 8_100; port++) {
            origins.add(registration(ONE, "http://localhost:" + port + "/heartbeat"));
        }

        assertThat(origins.count()).isEqualTo(1);
        assertThat(origins.instancesAt(OutgoingOrigin.nameOf(URI.create("http://localhost:8000/"))))
                .isEmpty();
        assertThat(origins.instancesAt(OutgoingOrigin.nameOf(URI.create("http://localhost:8099/"))))
                .containsExactly(ONE);
    }

    @Test
    void givenAnInstanceThatRegistersAgain_whenItHasNoHeartbeatAnyMore_thenItIsFoundNowhere() {
        origins.add(registration(ONE, "http://localhost:7001/heartbeat"));

        origins.add(registration(ONE, null));
        origins.remove(TWO);

        assertThat(origins.count()).isZero();
    }

    private static Registration registration(HttpUrl url, @Nullable String heartbeat) {
        return new Registration(
                ServiceName.GRADING,
                url,
                List.of(),
                null,
                heartbeat == null ? null : URI.create(heartbeat),
                "",
                0,
                Map.of());
    }
}

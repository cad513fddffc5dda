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
        origins.note(registration(ONE, "http://localhost:7001/one/heartbeat"));
        origins.note(registration(TWO, "http://localhost:7001/two/heartbeat"));
        var origin = OutgoingOrigin.nameOf(URI.create("http://localhost:7001/"));
        assertThat(origins.at(origin)).containsExactlyInAnyOrder(ONE, TWO);

        origins.forget(ONE);

        assertThat(origins.at(origin)).containsExactly(TWO);
    }

    @Test
    void givenAnInstanceThatRegistersAgainAndAgain_whenItsHeartbeatMoves_thenNothingIsKeptOfTheFormerOnes() {
        for (var port = 8_000; port < 8_100; port++) {
            origins.note(registration(ONE, "http://localhost:" + port + "/heartbeat"));
        }

        assertThat(origins.count()).isEqualTo(1);
        assertThat(origins.at(OutgoingOrigin.nameOf(URI.create("http://localhost:8000/"))))
                .isEmpty();
        assertThat(origins.at(OutgoingOrigin.nameOf(URI.create("http://localhost:8099/"))))
                .containsExactly(ONE);
    }

    @Test
    void givenAnInstanceThatRegistersAgain_whenItHasNoHeartbeatAnyMore_thenItIsFoundNowhere() {
        origins.note(registration(ONE, "http://localhost:7001/heartbeat"));

        origins.note(registration(ONE, null));
        origins.forget(TWO);

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

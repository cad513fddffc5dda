package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationBoundsTest {
    private static final HttpUrl URL = HttpUrl.of("http://place:1");

    static List<Arguments> registrations() {
        return List.of(
                Arguments.of("nothing", metadata(Map.of()), ""),
                Arguments.of("metadata, the longest", metadata(Map.of("a", "x".repeat(4_095))), ""),
                Arguments.of(
                        "metadata, a byte longer", metadata(Map.of("a", "x".repeat(4_096))), "Metadata holds 4097"),
                Arguments.of("a key", metadata(Map.of("x".repeat(5_000), "")), "Metadata holds 5000"),
                Arguments.of("bytes, not characters", metadata(Map.of("a", "ü".repeat(2_048))), "Metadata holds 4097"),
                Arguments.of("a heartbeat URL", urls(null, longUrl(2_001)), "HeartbeatURL is 2001 bytes"),
                Arguments.of("an update URL", urls(longUrl(2_001), null), "ServiceUpdateURL is 2001 bytes"),
                Arguments.of("URLs, the longest", urls(longUrl(2_000), longUrl(2_000)), ""),
                Arguments.of("many short names", requires(900, 8), ""),
                Arguments.of("many long names", requires(200, 190), "RequiredServices holds 38000 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registrations")
    void givenARegistration_whenItIsTooLong_thenTheReasonNamesTheFieldAndTheSize(
            String what, Registration registration, String reason) {
        var excess = RegistrationBounds.excess(registration).orElse("");

        assertThat(excess).as(what).startsWith(reason);
        assertThat(excess.isEmpty()).isEqualTo(reason.isEmpty());
    }

    @Test
    void givenAnOldRegistration_whenItsMetadataIsTooLong_thenAllElseIsKept() {
        var before = new Registration(
                ServiceName.LOG,
                URL,
                List.of(ServiceName.GRADING),
                longUrl(50),
                longUrl(60),
                "i",
                2,
                Map.of("a", "x".repeat(9_999)));

        var after = RegistrationBounds.withinBounds(before);

        assertThat(after.metadata()).isEmpty();
        assertThat(after).usingRecursiveComparison().ignoringFields("metadata").isEqualTo(before);
        assertThat(RegistrationBounds.withinBounds(after)).isSameAs(after);
    }

    private static Registration metadata(Map<String, String> metadata) {
        return new Registration(ServiceName.LOG, URL, List.of(), null, null, "", 0, metadata);
    }

    private static Registration urls(URI update, URI heartbeat) {
        return new Registration(ServiceName.LOG, URL, List.of(), update, heartbeat, "", 0, Map.of());
    }

    private static Registration requires(int count, int length) {
        var names = IntStream.range(0, count)
                .mapToObj(i -> new ServiceName(String.format("%0" + length + "d", i)))
                .toList();
        return new Registration(ServiceName.LOG, URL, names, null, null, "", 0, Map.of());
    }

    private static URI longUrl(int length) {
        var start = "http://place:1/";
        return URI.create(start + "x".repeat(length - start.length()));
    }
}

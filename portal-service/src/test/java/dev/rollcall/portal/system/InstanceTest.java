package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceTest {
    @Test
    void givenInstanceWithFewFields_whenRead_thenOthersAreEmpty() throws MalformedJsonException {
        var instance = Json.read(
                "{\"ServiceName\":\"LogService\",\"serviceurl\":\"http://localhost:4000\",\"RequiredServices\":null}",
                Instance.class);

        assertThat(instance.service()).isEqualTo("LogService");
        assertThat(instance.url()).isEqualTo("http://localhost:4000");
        assertThat(instance.health()).isEqualTo(Health.UNKNOWN);
        assertThat(instance.requires()).isEmpty();
        assertThat(instance.missing()).isEmpty();
        assertThat(instance.reason()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "suspect, , false",
        "suspect, 2026-11-22T09:15:36Z, true",
        "passing, , true",
        "evicted, 2026-11-22T09:15:36Z, false"
    })
    void givenSuspectInstance_whenItNeverResponded_thenItIsNoProvider(
            String health, String lastResponse, boolean isAnnounced) throws MalformedJsonException {
        var json = lastResponse == null ? "null" : '"' + lastResponse + '"';
        var instance = Json.read(
                "{\"Health\":\"%s\",\"Reason\":\"answered 404\",\"LastAnswer\":%s}".formatted(health, json),
                Instance.class);

        assertThat(instance.reason()).isEqualTo("answered 404");
        assertThat(instance.isAnnounced()).isEqualTo(isAnnounced);
    }

    @Test
    void givenNullsInListsAndMetadata_whenRead_thenElementsSkippedAndValuesEmpty() throws MalformedJsonException {
        var instance = Json.read(
                "{\"RequiredServices\":[null,\"A\"],\"Missing\":[null],\"Metadata\":{\"a\":null,\"b\":\"x\"}}",
                Instance.class);

        assertThat(instance.requires()).containsExactly("A");
        assertThat(instance.missing()).isEmpty();
        assertThat(instance.metadata()).isEqualTo(Map.of("a", "", "b", "x"));
    }
}

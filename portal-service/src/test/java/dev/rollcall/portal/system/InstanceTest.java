package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstanceTest {
    @Test
    void givenInstanceWithFewFields_whenRead_thenTheOthersAreEmpty() throws MalformedJsonException {
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
    void givenSuspectInstance_whenItNeverAnswered_thenItIsNoProvider(String health, String answer, boolean isAnnounced)
            throws MalformedJsonException {
        var last = answer == null ? "null" : '"' + answer + '"';
        var instance = Json.read(
                "{\"Health\":\"%s\",\"Reason\":\"answered 404\",\"LastAnswer\":%s}".formatted(health, last),
                Instance.class);

        assertThat(instance.reason()).isEqualTo("answered 404");
        assertThat(instance.isAnnounced()).isEqualTo(isAnnounced);
    }
}

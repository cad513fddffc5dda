package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import org.junit.jupiter.api.Test;

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
    }
}

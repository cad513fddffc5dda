package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.host.Settings.Exit;
import dev.rollcall.host.Settings.Parsed;
import dev.rollcall.http.ServerLimits;
import dev.rollcall.shipping.DropPolicy;
import dev.rollcall.shipping.ShippingSettings;
import dev.rollcall.wire.HttpUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostSettingsTest {
    private final Settings settings = HostSettings.declare("grading-service", "Keeps grades.", 8081);

    @Test
    void givenNothing_whenRead_thenTheDefaults() {
        assertThat(read())
                .isEqualTo(new HostSettings(
                        8081,
                        "127.0.0.1",
                        "",
                        List.of(HttpUrl.of("http://localhost:3000")),
                        Path.of("data/grading-service"),
                        Duration.ofSeconds(10),
                        ShippingSettings.DEFAULT.withSpill(
                                Optional.of(Path.of("data/grading-service/spill")), 256 << 20),
                        ServerLimits.DEFAULT));
    }

    @Test
    void givenAll_whenRead_thenAll() {
        var read = read(
                "--port=0",
                "--bind=0.0.0.0",
                "--advertise=http://grades.example/",
                "--registry=http://a:3000,http://b:3000",
                "--data=/tmp/x",
                "--drain=1s",
                "--flush=2s",
                "--spill=/tmp/spill",
                "--spill-max=1GiB",
                "--spill-drop=below-warn",
                "--body-max=2KiB",
                "--threads=3",
                "--requests-max=4");

        assertThat(read)
                .isEqualTo(new HostSettings(
                        0,
                        "0.0.0.0",
                        "http://grades.example",
                        List.of(HttpUrl.of("http://a:3000"), HttpUrl.of("http://b:3000")),
                        Path.of("/tmp/x"),
                        Duration.ofSeconds(1),
                        ShippingSettings.DEFAULT
                                .withSpill(Optional.of(Path.of("/tmp/spill")), 1 << 30)
                                .withDrop(DropPolicy.BELOW_WARN)
                                .withFlush(Duration.ofSeconds(2)),
                        new ServerLimits(2_048, 3, 4)));
    }

    @ParameterizedTest
    @CsvSource({
        "--port=-1, --port is",
        "--advertise=grades.example, --advertise is",
        "--registry=, --registry is",
        "--drain=10, --drain is",
        "--threads=0, --threads is",
        "--threads=10001, --threads is",
        "--requests-max=0, --requests-max is",
        "--body-max=0B, --body-max is",
    })
    void givenWrongValue_whenParsed_thenStatus2(String arg, String message) {
        var outcome = settings.parse(new String[] {arg}, Map.of());

        assertThat(outcome).isInstanceOfSatisfying(Exit.class, exit -> {
            assertThat(exit.status()).isEqualTo(2);
            assertThat(exit.text()).contains(message).doesNotContain("\n");
        });
    }

    private HostSettings read(String... args) {
        return HostSettings.from((Parsed) settings.parse(args, Map.of()));
    }
}

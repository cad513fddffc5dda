package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishedSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"1B", "1023B", "1KiB", "1536KiB", "64MiB", "1GiB", "10GiB", "1025MiB"})
    void givenASize_whenPublished_thenItIsWrittenAsItIsSet(String size) {
        var publishedSettings = PublishedSettings.NONE.withBytes("x", SettingParsers.bytes(size));

        assertThat(publishedSettings.entries()).containsEntry("x", size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "1500ms", "1s", "90s", "2m", "1h", "720h", "61m"})
    void givenADuration_whenPublished_thenItIsWrittenAsItIsSet(String duration) {
        var publishedSettings = PublishedSettings.NONE.with("x", SettingParsers.duration(duration));

        assertThat(publishedSettings.entries()).containsEntry("x", duration);
    }

    @Test
    void givenLongAndEmptyTexts_whenPublished_thenTheyStaySmall() {
        var publishedSettings =
                PublishedSettings.NONE.with("long", "x".repeat(10_000)).with("empty", "");

        assertThat(publishedSettings.entries()).containsOnlyKeys("long");
        assertThat(publishedSettings.entries().get("long")).hasSize(200).endsWith("x…");
    }

    @Test
    void givenManySettings_whenPublished_thenItIsRefused() {
        assertThatThrownBy(() -> {
                    var publishedSettings = PublishedSettings.NONE;
                    for (var i = 0; i < 33; i++) {
                        publishedSettings = publishedSettings.with("setting-" + i, i);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenAServiceAsItIsStarted_whenPublished_thenAllSettingsThatMatterAreThereAndSmall() {
        var parsed = (Settings.Parsed) HostSettings.declare("x-service", "", 1)
                .parse(new String[] {"--data", "d", "--spill-max", "64MiB", "--drain", "2s"}, Map.of());
        var settings = HostSettings.from(parsed);

        var all = PublishedSettings.of(settings)
                .and(PublishedSettings.ofShipping(settings))
                .entries();

        assertThat(all)
                .containsEntry("java", Runtime.version().toString())
                .containsEntry("data", Path.of("d").toAbsolutePath().toString())
                .containsEntry("spill", Path.of("d", "spill").toAbsolutePath().toString())
                .containsEntry("spill-max", "64MiB")
                .containsEntry("spill-drop", "newest")
                .containsEntry("drain", "2s")
                .containsEntry("body-max", "1MiB")
                .containsEntry("bind", "127.0.0.1")
                .containsKeys("version", "pid", "heap-max");
        assertThat(all.toString().length()).isLessThan(1_000);
    }

    @Test
    void givenNoSpill_whenPublished_thenThatIsSaid() {
        var parsed = (Settings.Parsed)
                HostSettings.declare("x-service", "", 1).parse(new String[] {"--spill", "none"}, Map.of());

        assertThat(PublishedSettings.ofShipping(HostSettings.from(parsed)).entries())
                .isEqualTo(Map.of("spill", "none"));
    }
}

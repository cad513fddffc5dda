package dev.rollcall.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShownTextTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:15:37Z");

    @Test
    void givenControlCharacters_whenShown_thenTheyAreVisible() {
        assertThat(Printable.line("a\0b\n\u001b[31m\u007f\u0085\t😀")).isEqualTo("a␀b␊␛[31m␡\ufffd␉😀");
        assertThat(Printable.text("a\0b\n\tc\r")).isEqualTo("a␀b\n\tc␍");
        assertThat(Printable.line("Zoë \u202e\u200f \"<script>\"")).isEqualTo("Zoë \u202e\u200f \"<script>\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:15:38Z,     just now",
        "2026-11-22T09:15:36.001Z, just now",
        "2026-11-22T09:15:36Z,     1 s ago",
        "2026-11-22T09:13:38Z,     119 s ago",
        "2026-11-22T09:13:37Z,     2 min ago",
        "2026-11-22T07:15:38Z,     119 min ago",
        "2026-11-22T07:15:37Z,     2 h ago",
        "2026-11-20T09:15:38Z,     47 h ago",
        "2026-11-20T09:15:37Z,     2026-11-20 09:15 UTC"
    })
    void givenTime_whenFormatted_thenAgeAsText(Instant then, String said) {
        assertThat(Age.of(then, NOW)).isEqualTo(said);
    }
}

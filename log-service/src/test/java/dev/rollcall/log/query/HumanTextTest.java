package dev.rollcall.log.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.LogRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HumanTextTest {
    private static final Instant TIME = Instant.parse("2026-11-22T09:15:37Z");

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x9d, 0xad, 0x61c, 0x180e,
                0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x206a, 0xfeff, 0xfff9,
                0xe0041
            })
    void givenAnInvisibleCharacter_whenMadeVisible_thenItIsAnEscape(int hidden) {
        var text = HumanText.visible("a" + Character.toString(hidden) + "b");

        assertThat(text).startsWith("a\\").endsWith("b").matches("[ -~]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "grün", "日本語", "العربية", "👩\u200d💻", "می\u200cخواهم", "e\u0301", "\u00a0"})
    void givenVisibleText_whenMadeVisible_thenItIsUnchanged(String text) {
        assertThat(HumanText.visible(text)).isEqualTo(text);
    }

    @Test
    void givenAStackTraceThatForgesARecord_whenWritten_thenAllOfItIsIndented() {
        var error = "java.lang.X\n\tat a\r\n2026-11-22T09:15:37Z ERROR B forged\r\u001b[1A\u0085at c\u2028at d";
        var record = new LogRecord(
                TIME,
                "S\n",
                "",
                "INFO\r",
                "",
                "",
                "m\n2026 ERROR B forged",
                error,
                "",
                "",
                Map.of("k\n", "v\u009b"),
                0);

        var lines = HumanText.of(record).split("\n", -1);

        assertThat(lines[0]).isEqualTo("2026-11-22T09:15:37Z INFO\\r S\\n m\\n2026 ERROR B forged k\\n=v\\u009b");
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(Arrays.copyOfRange(lines, 1, lines.length - 1))
                .allSatisfy(line -> assertThat(line).startsWith("    ").matches("[ -~]+"));
        assertThat(lines[lines.length - 1]).isEmpty();
    }
}

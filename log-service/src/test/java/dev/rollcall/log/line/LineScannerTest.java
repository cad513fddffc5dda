package dev.rollcall.log.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineScannerTest {
    private static final String WHOLE =
            "{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\",\"instance\":\"i\",\"level\":\"WARN\","
                    + "\"logger\":\"l\",\"thread\":\"t\",\"message\":\"grü\\n\\u0007 \\\"x\\\"\",\"error\":\"stack trace\","
                    + "\"trace\":\"tr\",\"span\":\"sp\",\"keys\":{\"student\":\"42\",\"a\":\"b\"},\"sequence\":7}";

    private final LineScanner scanner = new LineScanner();

    @Test
    void givenAWholeRecord_whenScanned_thenEachFieldIsFound() {
        assertThat(scan(WHOLE)).isTrue();
        assertThat(Times.instant(scanner.nanos())).isEqualTo("2026-11-22T09:15:37.123456Z");
        assertThat(scanner.text(Field.SERVICE)).isEqualTo("GradingService");
        assertThat(scanner.severity()).isEqualTo(Severity.WARN);
        assertThat(scanner.text(Field.MESSAGE)).isEqualTo("grü\n\u0007 \"x\"");
        assertThat(scanner.isPlain(Field.MESSAGE)).isFalse();
        assertThat(scanner.isPlain(Field.ERROR)).isTrue();
        assertThat(scanner.sequence()).isEqualTo(7);
        assertThat(scanner.firstDropped()).isZero();
    }

    @Test
    void givenAGapRecord_whenScanned_thenItsRangeIsFound() {
        assertThat(scan("{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"2 records were dropped: x\","
                        + "\"dropped\":{\"from\":3,\"to\":4,\"reason\":\"x\"},\"sequence\":4}"))
                .isTrue();
        assertThat(scanner.firstDropped()).isEqualTo(3);
        assertThat(scanner.sequence()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"time\":\"2026-11-22T09:15:37Z\"}",
                "{\"message\":\"no time\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\"",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\"}}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",}",
                "{ \"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\", \"message\":\"m\"}",
                "{\"Time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"message\":\"n\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":null}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":7}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"host\":\"h\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":0}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":07}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":-7}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":7.5}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"sequence\":9999999999999999999}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"keys\":{\"a\":1}}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"keys\":{\"a\":\"b\",}}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"half \\ud83d\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"\\x\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"\\u00g0\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"a\tb\"}",
                "{\"time\":\"2026-11-22T09:15:37\",\"message\":\"m\"}",
                "{\"time\":\"2026-02-29T09:15:37Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T24:00:00Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T09:15:37.Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T09:15:37.1234567890Z\",\"message\":\"m\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"dropped\":{\"from\":3,\"to\":4,\"reason\":\"\"},"
                        + "\"sequence\":5}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"m\",\"dropped\":{\"from\":5,\"to\":4,\"reason\":\"\"},"
                        + "\"sequence\":4}",
            })
    void givenAnotherForm_whenScanned_thenItIsLeftToAParser(String line) {
        assertThat(scan(line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "c1bf",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "80",
                "c3",
                "e282",
                "f09f98",
                "ff",
                "c328",
                "e228a1"
            })
    void givenBytesThatAreNotUtf8_whenScanned_thenTheyAreFound(String hex) {
        var wrong = HexFormat.of().parseHex(hex);
        var head = "{\"time\":\"2026-11-22T09:15:37Z\",\"message\":\"".getBytes(StandardCharsets.UTF_8);
        var line = Arrays.copyOf(head, head.length + wrong.length + 2);
        System.arraycopy(wrong, 0, line, head.length, wrong.length);
        line[line.length - 2] = '"';
        line[line.length - 1] = '}';

        assertThat(scanner.scan(line, 0, line.length)).isFalse();
        assertThat(Utf8.isValid(line, 0, line.length)).isFalse();
    }

    /** A JSON parser accepts whatever the scanner accepts, with the same result. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givenMutatedLines_whenScanned_thenNothingPassesThatAParserRejects(long seed) throws Exception {
        var random = new Random(seed);
        var pieces =
                List.of("\"", "\\", "{", "}", ",", ":", "0", "7", "Z", "\\u0041", "é", " ", "\\n", "null", "T", "-");
        var taken = 0;
        for (var i = 0; i < 50_000; i++) {
            var line = new StringBuilder(WHOLE);
            for (var mutation = random.nextInt(3); mutation > 0; mutation--) {
                var at = random.nextInt(line.length() - 2);
                line.replace(at, at + random.nextInt(3), pieces.get(random.nextInt(pieces.size())));
            }
            if (scan(line.toString())) {
                taken++;
                var read = Json.read(line.toString(), LogRecord.class);
                assertThat(read.message()).as("seed %d: %s", seed, line).isEqualTo(scanner.text(Field.MESSAGE));
                assertThat(Times.nanos(read.time()))
                        .as("seed %d: %s", seed, line)
                        .isEqualTo(scanner.nanos());
                assertThat(read.sequence()).as("seed %d: %s", seed, line).isEqualTo(scanner.sequence());
                assertThat(Severity.of(read.level()))
                        .as("seed %d: %s", seed, line)
                        .isEqualTo(scanner.severity());
            }
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private boolean scan(String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        return scanner.scan(bytes, 0, bytes.length);
    }
}

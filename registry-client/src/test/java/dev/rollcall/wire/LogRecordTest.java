package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.ProtocolExamples;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogRecordTest {
    private static final Instant TIME = Instant.parse("2026-11-22T09:15:37.123456Z");

    @Test
    void givenTheProtocolsExample_whenReadAndWritten_thenTheSameBytes() throws Exception {
        var example = ProtocolExamples.read().block("`POST /log`: `Content-Type: application/x-ndjson`");

        var read = Json.read(example, LogRecord.class);

        assertThat(read)
                .isEqualTo(new LogRecord(
                        TIME,
                        "GradingService",
                        "…",
                        "INFO",
                        "…",
                        "…",
                        "…",
                        "stack trace",
                        "…",
                        "…",
                        Map.of("student", "42"),
                        7));
        assertThat(Json.text(read)).isEqualTo(example);
    }

    @Test
    void givenGapRecord_whenWrittenAndRead_thenItSaysWhatItStandsFor() throws Exception {
        var gap = LogRecord.gap(TIME, "GradingService", "i", new Dropped(8, 12, "the buffer was full"));

        var json = Json.text(gap);

        assertThat(json)
                .isEqualTo("{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\","
                        + "\"instance\":\"i\",\"level\":\"WARN\","
                        + "\"message\":\"5 records were dropped: the buffer was full\","
                        + "\"dropped\":{\"from\":8,\"to\":12,\"reason\":\"the buffer was full\"},\"sequence\":12}");
        assertThat(Json.read(json, LogRecord.class)).isEqualTo(gap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"dropped\":{\"from\":0,\"to\":3},\"sequence\":3",
                "\"dropped\":{\"from\":4,\"to\":3},\"sequence\":3",
                "\"dropped\":{\"to\":3},\"sequence\":3",
                "\"dropped\":{\"from\":1,\"to\":3},\"sequence\":2",
            })
    void givenGapThatIsNone_whenRead_thenMalformed(String fields) {
        var json = "{\"time\":\"2026-11-22T09:15:37Z\"," + fields + "}";

        assertThatThrownBy(() -> Json.read(json, LogRecord.class)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void givenPlainRecord_whenWrittenAndRead_thenAbsentFieldsAreNotWritten() throws Exception {
        var plain = LogRecord.plain(TIME, "GradingService", "");

        var json = Json.text(plain);

        assertThat(json)
                .isEqualTo(
                        "{\"time\":\"2026-11-22T09:15:37.123456Z\",\"service\":\"GradingService\",\"message\":\"\"}");
        assertThat(Json.read(json, LogRecord.class)).isEqualTo(plain);
    }

    @Test
    void givenNullsAndOtherCaseAndUnknownFields_whenRead_thenAbsent() throws Exception {
        var json = "{\"TIME\":\"2026-11-22T09:15:37.123456Z\",\"Service\":\"S\",\"level\":null,\"message\":null,"
                + "\"keys\":{\"a\":null,\"B\":\"c\"},\"sequence\":null,\"host\":\"h\"}";

        var read = Json.read(json, LogRecord.class);

        assertThat(read).isEqualTo(new LogRecord(TIME, "S", "", "", "", "", "", "", "", "", Map.of("B", "c"), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"time\":null}",
                "{\"time\":\"\"}",
                "{\"time\":\"yesterday\"}",
                "{\"time\":\"2026-11-22\"}",
                "{\"time\":\"2026-11-22T09:15:37\"}",
                "{\"time\":1795338937}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"sequence\":\"7\"}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"sequence\":99999999999999999999}",
                "{\"time\":\"2026-11-22T09:15:37Z\",\"keys\":[]}",
            })
    void givenNoTimeOrWrongTypes_whenRead_thenRefused(String json) {
        assertThatThrownBy(() -> Json.read(json, LogRecord.class)).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:15:37Z,2026-11-22T09:15:37Z",
        "2026-11-22T09:15:37.5Z,2026-11-22T09:15:37.500Z",
        "2026-11-22T09:15:37.123456789Z,2026-11-22T09:15:37.123456789Z",
        "2026-11-22T10:15:37+01:00,2026-11-22T09:15:37Z",
    })
    void givenInstants_whenReadAndWritten_thenIso8601InUtc(String read, String written) throws Exception {
        var record = Json.read("{\"time\":\"" + read + "\"}", LogRecord.class);

        assertThat(Json.text(record)).startsWith("{\"time\":\"" + written + "\"");
    }

    @Test
    void givenLineEndsAndControlCharacters_whenWritten_thenOneLineThatReadsBackTheSame() throws Exception {
        var message = "first\nsecond\r\n\u0000\u001b[31m\u2028 \"quoted\" \\ é 成 \uD83D\uDE00";
        var record = LogRecord.plain(TIME, "S", message);

        var json = Json.bytes(record);

        assertThat(json).doesNotContain('\n', '\r', '\u001b');
        assertThat(Json.read(json, LogRecord.class)).isEqualTo(record);
    }

    @Test
    void givenHalfASurrogatePair_whenWritten_thenItIsReplacedAndNothingFails() throws Exception {
        var record = LogRecord.plain(TIME, "S", "cut within an emoji: \uD83D").withSequence(3);

        var json = Json.bytes(record);
        var read = Json.read(json, LogRecord.class);

        assertThat(read.message()).startsWith("cut within an emoji: ").hasSize(22);
        assertThat(Json.bytes(read)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '[S] - '",
        "INFO, '[S] - '",
        "DEBUG, '[S] - DEBUG 2026-11-22T09:15:37.123Z '",
        "ERROR, '[S] - ERROR 2026-11-22T09:15:37.123Z '"
    })
    void givenALevel_whenWrittenPlainly_thenItAndTheTimeStandBeforeTheMessageUnlessItIsInfo(
            String level, String prefix) {
        var record = new LogRecord(TIME, "S", "", level, "", "", "failed", "", "", "", Map.of(), 0);

        assertThat(record.plainPrefix()).isEqualTo(prefix);
    }
}

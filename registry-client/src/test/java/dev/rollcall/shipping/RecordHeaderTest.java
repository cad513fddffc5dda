package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordHeaderTest {
    private static final String INSTANCE = "11111111-2222-3333-4444-555555555555";
    private static final LogRecord SHORT =
            record("grades.Book", "main", "failed", "java.io.IOException", Map.of("student", "42"));

    static Stream<LogRecord> longRecords() {
        return Stream.of("x", "ü", "😀", "\u0000", "\"", "\\", "\n", "\uD83D")
                .map(each -> each.repeat(20_000))
                .flatMap(text -> Stream.of(
                        record("grades.Book", "main", text, "", Map.of("student", "42")),
                        record("grades.Book", "main", "failed", text, Map.of("student", "42")),
                        record("grades.Book", text, "failed", "", Map.of("student", "42")),
                        record("grades.Book", "main", "failed", "", Map.of("student", "42", "text", text)),
                        record("grades.Book", "main", "failed", "", Map.of("student", "42", "x" + text, "x")),
                        record("grades.Book", text, text, text, many(text.substring(0, 200))),
                        record("grades.Book", "main", "failed", "", many("x"))));
    }

    @ParameterizedTest
    @MethodSource("longRecords")
    void givenALongRecord_whenItGoesInAHeader_thenItFitsAndKeepsWhatItIsFoundBy(LogRecord record) throws Exception {
        var header = RecordHeader.of(record);

        assertThat(header.value().length()).isLessThanOrEqualTo(8_000);
        assertThat(header.value()).matches("[ -~]+");
        assertThat(header.isCut()).isTrue();
        var read = Json.read(header.value(), LogRecord.class);
        assertThat(read.time()).isEqualTo(record.time());
        assertThat(read.level()).isEqualTo("ERROR");
        assertThat(read.logger()).isEqualTo("grades.Book");
        assertThat(read.instance()).isEqualTo(INSTANCE);
        assertThat(read.keys()).containsEntry("student", "42");
        assertThat(read.sequence()).isEqualTo(7);
    }

    @Test
    void givenAShortRecord_whenItGoesInAHeader_thenItIsWhole() throws Exception {
        var header = RecordHeader.of(SHORT);

        assertThat(header.isCut()).isFalse();
        assertThat(Json.read(header.value(), LogRecord.class)).isEqualTo(SHORT);
    }

    @Test
    void givenALongLoggerName_whenItGoesInAHeader_thenItIsCut() throws Exception {
        var header = RecordHeader.of(record("x".repeat(20_000), "main", "failed", "", Map.of()));

        assertThat(Json.read(header.value(), LogRecord.class).logger())
                .startsWith("xxx")
                .hasSizeLessThan(2_000);
    }

    private static Map<String, String> many(String text) {
        var keys = new HashMap<>(Map.of("student", "42"));
        IntStream.range(0, 2_000).forEach(i -> keys.put("x" + i, text));
        keys.put("a", "first");
        return keys;
    }

    private static LogRecord record(
            String logger, String thread, String message, String error, Map<String, String> keys) {
        return new LogRecord(
                Samples.TIME, "Grading", INSTANCE, "ERROR", logger, thread, message, error, "", "", keys, 7);
    }
}

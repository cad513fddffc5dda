package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    record Measure(BigDecimal value) {}

    record Count(long value) {}

    record SmallCount(Integer value) {}

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "85.50", "100", "1e2", "123456789012345678901234567890.123"})
    void givenDecimals_whenRead_thenExact(String number) throws Exception {
        var read = Json.read("{\"value\":" + number + "}", Measure.class);

        assertThat(read.value()).isEqualTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"85.5\"", "\"\"", "NaN", "Infinity", "-Infinity", "true", "01", "1.", "{}", "[1]"})
    void givenWhatIsNoNumber_whenReadAsNumber_thenRefused(String value) {
        assertThatThrownBy(() -> Json.read("{\"value\":" + value + "}", Measure.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999", "0e99999999999", "1e2147483649"})
    void givenExponentThatNoDecimalHas_whenRead_thenBeyondAllBounds(String number) throws Exception {
        var json = "{\"value\":" + number + "}";

        assertThat(Json.read(json, Measure.class).value()).isEqualTo(NumberParser.BEYOND_ALL_BOUNDS);
        assertThat(Json.read(json, JsonNode.class).get("value").decimalValue())
                .isEqualTo(NumberParser.BEYOND_ALL_BOUNDS);
        assertThat(Json.read(json, Map.class).get("value")).isEqualTo(NumberParser.BEYOND_ALL_BOUNDS);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1E5, 100000",
        "-0, 0",
        "-0.0, 0",
        "0e999999999, 0",
        "9007199254740993.0, 9007199254740993"
    })
    void givenWholeNumber_whenRead_thenTaken(String number, long value) throws Exception {
        assertThat(Json.read("{\"value\":" + number + "}", Count.class).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "-0.1",
                "1e99999999999",
                "1e-99999999999",
                "1e999999999",
                "1e-400",
                "9223372036854775808",
                "1e400"
            })
    void givenNoWholeNumber_whenReadAsOne_thenRefusedByName(String number) {
        assertThatThrownBy(() -> Json.read("{\"value\":" + number + "}", Count.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("value: ");
        assertThatThrownBy(() -> Json.read("{\"value\":" + number + "}", SmallCount.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("value: ");
    }

    @Test
    void givenNumberThatIsTooLong_whenRead_thenRefusedByName() {
        for (var digits : List.of(10_000, 1 << 20)) {
            assertThatThrownBy(() -> Json.read("{\"value\":" + "9".repeat(digits) + "}", JsonNode.class))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageStartingWith("value: ")
                    .hasMessageNotContaining("StreamReadConstraints");
        }
    }

    @Test
    void givenAnArrayWithOddElements_whenEachIsRead_thenTheOthersAreThereAndTheyAreTold() throws Exception {
        var told = new ArrayList<String>();
        var json = "[\"a\",[17],null,{\"b\":[1,{}]},\"c\",[[]]]".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.readEach(json, String.class, told::add)).containsExactly("a", "c");
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("[1] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "[\"a\"", "[\"a\",]", "[\"a\" \"b\"]", "[] []", "[{\"a\":}]"})
    void givenNoArray_whenEachIsRead_thenRefused(String json) {
        assertThatThrownBy(() -> Json.readEach(json.getBytes(StandardCharsets.UTF_8), String.class, odd -> {}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void givenArray_whenReadAsList_thenItsElements() throws Exception {
        var read = Json.readList(
                "[\"LogService\",\"GradingService\"]".getBytes(StandardCharsets.UTF_8), ServiceName.class);

        assertThat(read).isEqualTo(List.of(ServiceName.LOG, ServiceName.GRADING));
    }

    @Test
    void givenBrokenJson_whenRead_thenToldWhere() {
        assertThatThrownBy(() -> Json.read("{\n  \"value\": oops}", Measure.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void givenDeepNesting_whenRead_thenRefusedAndNoStackOverflows() {
        var deep = "{\"x\":" + "[".repeat(100_000);

        assertThatThrownBy(() -> Json.read(deep, Measure.class)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void givenInvalidUtf8_whenRead_thenRefused() {
        var bytes = "{\"value\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[10] = (byte) 0xff;

        assertThatThrownBy(() -> Json.read(bytes, Map.class)).isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000007b00000022ea170101", "007b00000022", "0000fffe007b", "0000007b0000"})
    void givenBytesThatLookLikeAnotherEncoding_whenRead_thenRefused(String hex) {
        var bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Json.read(bytes, Map.class)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.readEach(bytes, Map.class, skipped -> {}))
                .isInstanceOf(MalformedJsonException.class);
    }
}

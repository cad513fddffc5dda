package dev.rollcall.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    record Measure(BigDecimal value) {}

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
}

package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
    @Test
    void givenPlainStudent_whenRead_thenKeysInAnyCaseAndMissingFieldsEmpty() throws MalformedJsonException {
        var student = Json.read(
                "{\"id\":7,\"firstname\":\"Zoë\",\"GRADES\":[{\"title\":\"T\",\"score\":85.5},null,{\"Type\":\"Quiz\"}],"
                        + "\"Mood\":\"good\"}",
                Student.class);

        assertThat(student.name()).isEqualTo("Zoë");
        assertThat(student.grades()).extracting(Grade::title).containsExactly("T", "");
        assertThat(student.grades()).extracting(Grade::scoreText).containsExactly("85.5", "0");
    }

    @Test
    void givenNullGradesAndNoName_whenRead_thenNoAverageAndANumberForAName() throws MalformedJsonException {
        var student = Json.read("{\"ID\":7,\"Grades\":null}", Student.class);

        assertThat(student.name()).isEqualTo("Student 7");
        assertThat(student.averages().soFar()).isEmpty();
        assertThat(student.isChangeable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ID\":\"x\"}",
                "{\"ID\":1,\"Grades\":[{\"Score\":1e400000000}]}",
                "{\"ID\":1,\"Grades\":[{\"Score\":1e-400000000}]}",
                "{\"ID\":1,\"Grades\":[{\"Score\":\"85\"}]}"
            })
    void givenWhatIsNoStudent_whenRead_thenSaid(String json) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> Json.read(json, Student.class));
    }
}

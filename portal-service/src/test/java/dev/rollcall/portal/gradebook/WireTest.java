package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.math.BigDecimal;
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
    void givenMalformedStudent_whenRead_thenException(String json) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> Json.read(json, Student.class));
    }

    @Test
    void givenGridWithNullCells_whenRead_thenEachCellKeepsItsPlace() throws MalformedJsonException {
        var grid = Json.read(
                "{\"Items\":[{\"ID\":1},null,{\"ID\":2,\"Points\":20},{\"ID\":3}],"
                        + "\"Students\":[{\"ID\":7,\"Cells\":[null,{\"Score\":5}]},null]}",
                Grid.class);

        assertThat(grid.items())
                .extracting(Item::points)
                .containsExactly(new BigDecimal(100), new BigDecimal(20), new BigDecimal(100));
        assertThat(grid.rows().get(0).cells()).extracting(Grid.Cell::text).containsExactly("", "5", "");
        assertThat(grid.total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Items\":[]}", "{\"Items\":null,\"Students\":[]}", "{\"Students\":[]}"})
    void givenGridWithoutItemsOrStudents_whenRead_thenException(String json) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> Json.read(json, Grid.class));
    }

    @Test
    void givenNullsInWeightsAndBuckets_whenRead_thenDefaults() throws MalformedJsonException {
        var weight = Json.read("{\"Name\":null,\"Weight\":null,\"DropLowest\":null}", Weight.class);
        var statistics = Json.read(
                "{\"Item\":{\"Title\":null},\"Histogram\":[null,{\"From\":null,\"To\":1e400000000}]}",
                Statistics.class);

        assertThat(weight).isEqualTo(new Weight("", BigDecimal.ZERO, 0, 0));
        assertThat(statistics.item()).isEqualTo(new Item(0, "", "", new BigDecimal(100), 0));
        assertThat(statistics.histogram()).containsExactly(new Statistics.Bucket(BigDecimal.ZERO, BigDecimal.ZERO, 0));
    }
}

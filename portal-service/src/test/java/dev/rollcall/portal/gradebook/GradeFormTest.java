package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GradeFormTest {
    @ParameterizedTest
    @CsvSource({
        "85.5, 85.5",
        "85, 85",
        "0, 0",
        "' 85.5 ', 85.5",
        "1000000, 1000000",
        "0.000001, 0.000001",
        "85.12345, 85.12345",
        "85.5000000, 85.5000000",
        "999999.999999, 999999.999999"
    })
    void givenValidFields_whenConvertedToJson_thenProtocolBytes(String typed, String score) {
        var form = GradeForm.of(Map.of("Title", " T1 ", "Type", "Test", "Score", typed));

        assertThat(form.validate(GradeForm.TYPES).isEmpty()).isTrue();
        assertThat(new String(form.json(), StandardCharsets.UTF_8))
                .isEqualTo("{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":" + score + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "NaN",
                "Infinity",
                "-1",
                "-0",
                "+1",
                "1e2",
                "85,5",
                ".5",
                "5.",
                "1 000",
                "0x10",
                "٣",
                "1000000.000001",
                "1000001",
                "0.0000001",
                "99999999999999999999"
            })
    void givenInvalidScore_whenChecked_thenOnlyTheScoreIsMarked(String score) {
        var errors = new GradeForm("T1", "Test", score, "").validate(GradeForm.TYPES);

        assertThat(errors.byField()).containsOnlyKeys("Score");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "test", "Essay"})
    void givenInvalidType_whenChecked_thenOnlyTheTypeIsMarked(String type) {
        var errors = new GradeForm("T1", type, "1", "").validate(GradeForm.TYPES);

        assertThat(errors.byField()).containsOnlyKeys("Type");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "200, false", "201, true"})
    void givenTitleOfALengthNearTheBounds_whenChecked_thenMarkedOutside(int length, boolean isMarked) {
        var errors = new GradeForm("😀".repeat(length), "Test", "1", "").validate(GradeForm.TYPES);

        assertThat(errors.isIn("Title")).isEqualTo(isMarked);
    }

    @Test
    void givenNothingSent_whenChecked_thenEveryFieldIsMarked() {
        var errors = GradeForm.of(Map.of()).validate(GradeForm.TYPES);

        assertThat(errors.byField()).containsOnlyKeys("Title", "Type", "Score");
    }
}

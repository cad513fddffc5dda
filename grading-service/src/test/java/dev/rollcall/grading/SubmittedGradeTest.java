package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Score;
import dev.rollcall.grading.book.TextLimits;
import dev.rollcall.wire.Problem.FieldError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmittedGradeTest {
    @Test
    void givenTheProtocolsExample_whenChecked_thenValidAndWrittenAsSent() {
        var sent = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

        var checked = check(sent);

        assertThat(checked.errors()).isEmpty();
        assertThat(checked.grade())
                .isEqualTo(new SubmittedGrade("T1", GradeType.TEST, new Score(new BigDecimal("85.5")), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Test", "Quiz", "Homework", "Exam"})
    void givenKnownType_whenChecked_thenValid(String type) {
        var checked = check("{\"Title\":\"T\",\"Type\":\"" + type + "\",\"Score\":1}");

        assertThat(checked.errors()).isEmpty();
    }

    @Test
    void givenKeysInAnotherCaseAndUnknownOnes_whenChecked_thenValid() {
        var checked = check("{\"TITLE\":\"T\",\"type\":\"Quiz\",\"score\":1,\"Mood\":{\"is\":[\"good\"]}}");

        assertThat(checked.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"Score\":null",
                "\"Score\":\"85\"",
                "\"Score\":\"NaN\"",
                "\"Score\":true",
                "\"Score\":[85]",
                "\"Score\":{}",
                "\"Score\":-0.5",
                "\"Score\":-1e400000000",
                "\"Score\":1e400000000",
                "\"Score\":1e-400000000",
                "\"Score\":1000000.000001",
                "\"Score\":0.0000001"
            })
    void givenWrongScore_whenChecked_thenOnlyThatFieldIsReported(String score) {
        var separator = score.isEmpty() ? "" : ",";

        var checked = check("{\"Title\":\"T\",\"Type\":\"Test\"" + separator + score + "}");

        assertThat(errors(checked)).containsExactly(new FieldError("Score", Score.ALLOWED));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "' '", "'\\t\\n '", "'\\ud800'", "'T\\udc00'"},
            quoteCharacter = '\'')
    void givenWrongTitle_whenChecked_thenOnlyThatFieldIsReported(String title) {
        var checked = check("{\"Title\":\"" + title + "\",\"Type\":\"Test\",\"Score\":1}");

        assertThat(errors(checked)).containsExactly(new FieldError("Title", TextLimits.TITLE_ALLOWED));
    }

    @ParameterizedTest
    @CsvSource({"199, true", "200, true", "201, false"})
    void givenTitleOfALengthNearTheBound_whenChecked_thenBoundedByCharactersNotCodeUnits(int length, boolean isRight) {
        var checked = check("{\"Title\":\"" + "😀".repeat(length) + "\",\"Type\":\"Test\",\"Score\":1}");

        assertThat(checked.errors().isEmpty()).isEqualTo(isRight);
    }

    @Test
    void givenControlCharactersInTitle_whenChecked_thenKeptAsData() {
        var checked = check("{\"Title\":\"a\\u0000\\u001B[31m\\n<script>\",\"Type\":\"Test\",\"Score\":1}");

        assertThat(checked.errors()).isEmpty();
        assertThat(checked.grade().title()).isEqualTo("a\u0000\u001B[31m\n<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"test\"", "\"TEST\"", "\"Essay\"", "\"\"", "null", "1", "[\"Test\"]"})
    void givenWrongType_whenChecked_thenOnlyThatFieldIsReported(String type) {
        var checked = check("{\"Title\":\"T\",\"Type\":" + type + ",\"Score\":1}");

        assertThat(errors(checked))
                .containsExactly(new FieldError("Type", "must be one of Test, Quiz, Homework, Exam"));
    }

    @Test
    void givenEmptyObject_whenChecked_thenAllFieldsAreReported() {
        var checked = check("{}");

        assertThat(errors(checked)).extracting(FieldError::field).containsExactly("Title", "Type", "Score");
    }

    private static Checked check(String json) {
        var fields = JsonFields.of(json.getBytes(StandardCharsets.UTF_8));
        var grade = SubmittedGrade.from(fields);
        return new Checked(grade, fields.errors());
    }

    private static List<FieldError> errors(Checked checked) {
        return checked.errors();
    }

    private record Checked(SubmittedGrade grade, List<FieldError> errors) {}
}

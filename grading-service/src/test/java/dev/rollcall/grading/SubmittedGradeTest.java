package dev.rollcall.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmittedGradeTest {
    @Test
    void givenTheProtocolsExample_whenChecked_thenRightAndWrittenAsSent() throws MalformedJsonException {
        var sent = "{\"Title\":\"T1\",\"Type\":\"Test\",\"Score\":85.5}";

        var checked = check(sent);

        assertThat(checked)
                .isInstanceOfSatisfying(
                        SubmittedGrade.Right.class,
                        right -> assertThat(Json.text(right.grade())).isEqualTo(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Test", "Quiz", "Homework", "Exam"})
    void givenKnownType_whenChecked_thenRight(String type) throws MalformedJsonException {
        var checked = check("{\"Title\":\"T\",\"Type\":\"" + type + "\",\"Score\":1}");

        assertThat(checked).isInstanceOf(SubmittedGrade.Right.class);
    }

    @Test
    void givenKeysInAnotherCaseAndUnknownOnes_whenChecked_thenRight() throws MalformedJsonException {
        var checked = check("{\"TITLE\":\"T\",\"type\":\"Quiz\",\"score\":1,\"Mood\":{\"is\":[\"good\"]}}");

        assertThat(checked).isInstanceOf(SubmittedGrade.Right.class);
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
    void givenWrongScore_whenChecked_thenToldForThatFieldOnly(String score) throws MalformedJsonException {
        var separator = score.isEmpty() ? "" : ",";

        var checked = check("{\"Title\":\"T\",\"Type\":\"Test\"" + separator + score + "}");

        assertThat(errors(checked)).containsExactly(new FieldError("Score", Score.ALLOWED));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "' '", "'\\t\\n '", "'\\ud800'", "'T\\udc00'"},
            quoteCharacter = '\'')
    void givenWrongTitle_whenChecked_thenToldForThatFieldOnly(String title) throws MalformedJsonException {
        var checked = check("{\"Title\":\"" + title + "\",\"Type\":\"Test\",\"Score\":1}");

        assertThat(errors(checked)).containsExactly(new FieldError("Title", Grade.TITLE_ALLOWED));
    }

    @ParameterizedTest
    @CsvSource({"199, true", "200, true", "201, false"})
    void givenTitleOfALengthNearTheBound_whenChecked_thenBoundedByCharactersNotByCodeUnits(int length, boolean isRight)
            throws MalformedJsonException {
        var checked = check("{\"Title\":\"" + "😀".repeat(length) + "\",\"Type\":\"Test\",\"Score\":1}");

        assertThat(checked instanceof SubmittedGrade.Right).isEqualTo(isRight);
    }

    @Test
    void givenControlCharactersInTitle_whenChecked_thenKeptAsData() throws MalformedJsonException {
        var sent = "{\"Title\":\"a\\u0000\\u001B[31m\\n<script>\",\"Type\":\"Test\",\"Score\":1}";

        var checked = check(sent);

        assertThat(checked)
                .isInstanceOfSatisfying(
                        SubmittedGrade.Right.class,
                        right -> assertThat(Json.text(right.grade())).isEqualTo(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"test\"", "\"TEST\"", "\"Essay\"", "\"\"", "null", "1", "[\"Test\"]"})
    void givenWrongType_whenChecked_thenToldForThatFieldOnly(String type) throws MalformedJsonException {
        var checked = check("{\"Title\":\"T\",\"Type\":" + type + ",\"Score\":1}");

        assertThat(errors(checked))
                .containsExactly(new FieldError("Type", "must be one of Test, Quiz, Homework, Exam"));
    }

    @Test
    void givenNothing_whenChecked_thenEveryFieldIsToldAtOnce() throws MalformedJsonException {
        var checked = check("{}");

        assertThat(errors(checked)).extracting(FieldError::field).containsExactly("Title", "Type", "Score");
    }

    private static SubmittedGrade.Checked check(String json) throws MalformedJsonException {
        return Json.read(json, SubmittedGrade.class).check();
    }

    private static List<FieldError> errors(SubmittedGrade.Checked checked) {
        assertThat(checked).isInstanceOf(SubmittedGrade.Wrong.class);
        return ((SubmittedGrade.Wrong) checked).errors();
    }
}

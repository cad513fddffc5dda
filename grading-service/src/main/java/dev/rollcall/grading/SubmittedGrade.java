package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.wire.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grade as somebody sent it: whatever JSON stands in its fields, not checked yet. */
record SubmittedGrade(
        @JsonProperty("Title") @Nullable JsonNode title,
        @JsonProperty("Type") @Nullable JsonNode type,
        @JsonProperty("Score") @Nullable JsonNode score) {

    /** The grade if all fields are right, otherwise what is wrong with each one that isn't. */
    Checked check() {
        var errors = new ArrayList<FieldError>();
        if (title == null || !title.isTextual() || !Grade.isTitle(title.textValue())) {
            errors.add(new FieldError("Title", Grade.TITLE_ALLOWED));
        }
        var knownType = type == null ? null : GradeType.of(type.asText()).orElse(null);
        if (knownType == null) {
            errors.add(new FieldError("Type", GradeType.ALLOWED));
        }
        if (score == null || !score.isNumber() || !Score.isAllowed(score.decimalValue())) {
            errors.add(new FieldError("Score", Score.ALLOWED));
        }
        if (!errors.isEmpty() || title == null || knownType == null || score == null) {
            return new Wrong(errors);
        }
        return new Right(new Grade(title.textValue(), knownType, new Score(score.decimalValue())));
    }

    /** What became of the check. */
    sealed interface Checked permits Right, Wrong {}

    /** All fields are right. */
    record Right(Grade grade) implements Checked {}

    /** What is allowed in each field that is wrong; never empty. */
    record Wrong(List<FieldError> errors) implements Checked {
        Wrong {
            errors = List.copyOf(errors);
        }
    }
}

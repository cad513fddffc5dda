package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One grade, as kept and as served.
 *
 * @param title what it was given for, 1 to 200 characters, not blank; any characters, control characters too
 * @param type the kind of work
 * @param score the points
 */
@JsonPropertyOrder({"Title", "Type", "Score"})
record Grade(
        @JsonProperty("Title") String title,
        @JsonProperty("Type") GradeType type,
        @JsonProperty("Score") Score score) {
    static final int TITLE_LENGTH_MAX = 200;

    /** What is allowed for a title, as told to one who sent something else. */
    static final String TITLE_ALLOWED = "must be a text of 1 to 200 characters that is not blank";

    /** Throws {@link IllegalArgumentException} if the title is not allowed. */
    Grade {
        if (!isTitle(title)) {
            throw new IllegalArgumentException("a title " + TITLE_ALLOWED);
        }
    }

    /** Whether a text is a title. Half a surrogate pair is no character: it could not be sent to anybody again. */
    static boolean isTitle(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= TITLE_LENGTH_MAX
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}

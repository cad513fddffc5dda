package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Something that is graded.
 *
 * @param id from 1, never used again for another
 * @param title together with the type, unlike all others
 * @param points what can be reached, more than 0
 * @param version from 1, one more at each change
 */
@JsonPropertyOrder({"ID", "Title", "Type", "Points", "Version"})
public record Item(
        @JsonProperty("ID") int id,
        @JsonProperty("Title") String title,
        @JsonProperty("Type") GradeType type,
        @JsonProperty("Points") Score points,
        @JsonProperty("Version") int version) {
    /** What an item is worth that a grade made. */
    public static final Score USUAL_POINTS = Score.ofMillionths(100_000_000);
}

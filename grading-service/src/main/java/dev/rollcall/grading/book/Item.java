package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A graded item, such as a quiz. Title and type together are unique.
 *
 * @param id from 1, never reused
 * @param points the points for a full score, more than 0
 * @param version from 1, raised by each change
 */
@JsonPropertyOrder({"ID", "Title", "Type", "Points", "Version"})
public record Item(
        @JsonProperty("ID") int id,
        @JsonProperty("Title") String title,
        @JsonProperty("Type") GradeType type,
        @JsonProperty("Points") Score points,
        @JsonProperty("Version") int version) {
    /** The points of an item that was added by its first grade. */
    public static final Score DEFAULT_POINTS = Score.ofMillionths(100_000_000);
}

package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A graded item, such as a quiz. Title and type together are unique.
 *
 * @param id from 1, never reused
 * @param points the points for a full score, more than 0
 * @param version from 1, raised by each change
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Item(@JsonProperty("ID") int id, String title, GradeType type, Score points, int version) {
    /** The points of an item that was added by its first grade. */
    public static final Score DEFAULT_POINTS = Score.ofMillionths(100_000_000);
}

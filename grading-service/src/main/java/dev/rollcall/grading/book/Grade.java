package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One grade of a student.
 *
 * @param score null if an excused grade never had one
 * @param id from 1, never reused
 * @param item the item's id
 * @param points the item's points
 * @param excused whether averages and statistics ignore it
 * @param version from 1, raised by each change
 * @param time the time of the last change
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Grade(
        String title,
        GradeType type,

        @JsonInclude(Include.NON_NULL) @Nullable Score score,

        @JsonProperty("ID") int id,
        int item,
        Score points,
        boolean excused,
        String comment,
        int version,
        Instant time) {
    /** Creates the first version of a grade for an item. */
    static Grade of(int id, Item item, @Nullable Score score, boolean excused, String comment, Instant time) {
        return new Grade(item.title(), item.type(), score, id, item.id(), item.points(), excused, comment, 1, time);
    }

    /** Returns the next version. */
    Grade changed(@Nullable Score newScore, boolean newExcused, String newComment, Instant now) {
        return new Grade(title, type, newScore, id, item, points, newExcused, newComment, version + 1, now);
    }

    @Nullable
    Long scoreMillionths() {
        return score == null ? null : score.millionths();
    }

    /** Returns whether score, excused flag and comment are equal, whatever the item is now. */
    boolean hasSameResultAs(Grade other) {
        return Objects.equals(score, other.score) && excused == other.excused && comment.equals(other.comment);
    }

    /** Returns whether all but version and time are equal. */
    boolean hasSameContentAs(Grade other) {
        return equals(new Grade(
                other.title,
                other.type,
                other.score,
                other.id,
                other.item,
                other.points,
                other.excused,
                other.comment,
                version,
                time));
    }
}

package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One grade of a student.
 *
 * @param score null if it never had one, which an excused grade may not
 * @param id from 1, never used again for another
 * @param item what it was given for
 * @param points the item's
 * @param excused whether it counts for nothing
 * @param version from 1, one more at each change
 * @param time when it was last changed
 */
@JsonPropertyOrder({"Title", "Type", "Score", "ID", "Item", "Points", "Excused", "Comment", "Version", "Time"})
public record Grade(
        @JsonProperty("Title") String title,
        @JsonProperty("Type") GradeType type,

        @JsonProperty("Score") @JsonInclude(Include.NON_NULL) @Nullable
        Score score,

        @JsonProperty("ID") int id,
        @JsonProperty("Item") int item,
        @JsonProperty("Points") Score points,
        @JsonProperty("Excused") boolean excused,
        @JsonProperty("Comment") String comment,
        @JsonProperty("Version") int version,
        @JsonProperty("Time") Instant time) {
    /** A new grade for an item. */
    static Grade of(int id, Item item, @Nullable Score score, boolean excused, String comment, Instant time) {
        return new Grade(item.title(), item.type(), score, id, item.id(), item.points(), excused, comment, 1, time);
    }

    /** The next version of it. */
    Grade changed(@Nullable Score newScore, boolean newExcused, String newComment, Instant now) {
        return new Grade(title, type, newScore, id, item, points, newExcused, newComment, version + 1, now);
    }

    @Nullable
    Long millionths() {
        return score == null ? null : score.millionths();
    }

    /** Whether a student has the same from it as from another, whatever became of the item. */
    boolean isGradedAs(Grade other) {
        return Objects.equals(score, other.score) && excused == other.excused && comment.equals(other.comment);
    }

    /** Whether it says the same as another, whatever the version and the time. */
    boolean saysTheSameAs(Grade other) {
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

package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A student as a row of the grid.
 *
 * @param cells one for each item, in the order of the items; null without a grade
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record GridRow(
        @JsonProperty("ID") int id,
        String firstName,
        String lastName,
        boolean withdrawn,
        int version,
        Average average,
        List<@Nullable Cell> cells) {
    public GridRow {
        cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }

    static GridRow of(Person person, Average average, List<@Nullable Cell> cells) {
        return new GridRow(
                person.id(),
                person.firstName(),
                person.lastName(),
                person.withdrawn(),
                person.version(),
                average,
                cells);
    }

    /**
     * The latest grade of a student for an item.
     *
     * @param score null if it never had one
     * @param more the number of earlier grades of the student for the same item; each counts on its own
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record Cell(
            int item,
            int grade,

            @JsonInclude(Include.NON_NULL) @Nullable Score score,

            boolean excused,

            @JsonInclude(Include.NON_EMPTY) String comment,

            int version,

            @JsonInclude(Include.NON_DEFAULT) int more) {
        static @Nullable Cell of(Grades grades, Item item) {
            var index = grades.latestFor(item.id());
            if (index < 0) {
                return null;
            }
            var more = 0;
            for (var i = 0; i < index; i++) {
                more += grades.items[i] == item.id() ? 1 : 0;
            }
            var score = grades.scores[index];
            return new Cell(
                    item.id(),
                    grades.ids[index],
                    score == Grades.NO_SCORE ? null : Score.ofMillionths(score),
                    grades.excused[index],
                    grades.comment(index),
                    grades.versions[index],
                    more);
        }
    }
}

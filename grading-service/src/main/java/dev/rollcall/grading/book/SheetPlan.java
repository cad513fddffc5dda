package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a sheet would make.
 *
 * @param errors if there are any, nothing is changed
 * @param token identifies the revision of the gradebook that the plan is for
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record SheetPlan(
        List<CellChange> changes,
        List<NewStudent> newStudents,
        List<NewItem> newItems,
        List<RowError> errors,
        String token) {
    public SheetPlan {
        changes = List.copyOf(changes);
        newStudents = List.copyOf(newStudents);
        newItems = List.copyOf(newItems);
        errors = List.copyOf(errors);
    }

    /**
     * A cell that differs from the gradebook.
     *
     * @param line the line in the sheet, from 1
     * @param student null for a new student
     * @param item the item's title, or FirstName or LastName
     * @param type the item's type; null for a name
     * @param from null if there is no value yet
     * @param grade the id of the cell's grade; null if there is none
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record CellChange(
            int line,
            @Nullable Integer student,
            String item,

            @JsonInclude(Include.NON_NULL) @Nullable GradeType type,

            @Nullable Object from,
            Object to,
            @JsonIgnore @Nullable Integer grade,
            @JsonIgnore GradeEdit edit) {}

    /**
     * A row without an id.
     *
     * @param sameAsStudent the id of an existing student of this name, if any
     * @param sameAsLine an earlier line with a new student of this name, if any
     */
    @JsonNaming(UpperCamelCaseStrategy.class)
    @JsonInclude(Include.NON_NULL)
    public record NewStudent(
            int line,
            String firstName,
            String lastName,
            @Nullable Integer sameAsStudent,
            @Nullable Integer sameAsLine) {}

    /** A column whose item is not in the gradebook. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record NewItem(String title, GradeType type, Score points) {}

    /** An error in the sheet, with its line. */
    @JsonNaming(UpperCamelCaseStrategy.class)
    public record RowError(int line, String problem) {}
}

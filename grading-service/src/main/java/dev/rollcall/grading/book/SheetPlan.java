package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a sheet would make.
 *
 * @param errors if there are any, nothing is changed
 * @param token identifies the revision of the gradebook that the plan is for
 */
@JsonPropertyOrder({"Changes", "NewStudents", "NewItems", "Errors", "Token"})
public record SheetPlan(
        @JsonProperty("Changes") List<CellChange> changes,
        @JsonProperty("NewStudents") List<NewStudent> newStudents,
        @JsonProperty("NewItems") List<NewItem> newItems,
        @JsonProperty("Errors") List<RowError> errors,
        @JsonProperty("Token") String token) {
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
    @JsonPropertyOrder({"Line", "Student", "Item", "Type", "From", "To"})
    public record CellChange(
            @JsonProperty("Line") int line,
            @JsonProperty("Student") @Nullable Integer student,
            @JsonProperty("Item") String item,

            @JsonProperty("Type") @JsonInclude(Include.NON_NULL) @Nullable
            GradeType type,

            @JsonProperty("From") @Nullable Object from,
            @JsonProperty("To") Object to,
            @JsonIgnore @Nullable Integer grade,
            @JsonIgnore GradeEdit edit) {}

    /**
     * A row without an id.
     *
     * @param sameAsStudent the id of an existing student of this name, if any
     * @param sameAsLine an earlier line with a new student of this name, if any
     */
    @JsonPropertyOrder({"Line", "FirstName", "LastName", "SameAsStudent", "SameAsLine"})
    @JsonInclude(Include.NON_NULL)
    public record NewStudent(
            @JsonProperty("Line") int line,
            @JsonProperty("FirstName") String firstName,
            @JsonProperty("LastName") String lastName,
            @JsonProperty("SameAsStudent") @Nullable Integer sameAsStudent,
            @JsonProperty("SameAsLine") @Nullable Integer sameAsLine) {}

    /** A column whose item is not in the gradebook. */
    @JsonPropertyOrder({"Title", "Type", "Points"})
    public record NewItem(
            @JsonProperty("Title") String title,
            @JsonProperty("Type") GradeType type,
            @JsonProperty("Points") Score points) {}

    /** An error in the sheet, with its line. */
    @JsonPropertyOrder({"Line", "Problem"})
    public record RowError(
            @JsonProperty("Line") int line,
            @JsonProperty("Problem") String problem) {}
}

package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sheet would change.
 *
 * @param errors if there are any, nothing is changed
 * @param token stands for the book that this was worked out for
 */
@JsonPropertyOrder({"Changes", "NewStudents", "NewItems", "Errors", "Token"})
public record SheetPlan(
        @JsonProperty("Changes") List<CellChange> changes,
        @JsonProperty("NewStudents") List<NewStudent> newStudents,
        @JsonProperty("NewItems") List<NewItem> newItems,
        @JsonProperty("Errors") List<Mistake> errors,
        @JsonProperty("Token") String token) {
    /** Copies. */
    public SheetPlan {
        changes = List.copyOf(changes);
        newStudents = List.copyOf(newStudents);
        newItems = List.copyOf(newItems);
        errors = List.copyOf(errors);
    }

    /**
     * A cell that says something else than the book.
     *
     * @param line where it stands, from 1
     * @param student null for a new one
     * @param item the item's column, or FirstName or LastName
     * @param from null if there is nothing
     * @param grade the number of the cell's grade; null if there is none
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
     * A row without a number.
     *
     * @param sameAsStudent the student in the book who has this name, if one has
     * @param sameAsLine the line above with a new student of this name, if there is one
     */
    @JsonPropertyOrder({"Line", "FirstName", "LastName", "SameAsStudent", "SameAsLine"})
    @JsonInclude(Include.NON_NULL)
    public record NewStudent(
            @JsonProperty("Line") int line,
            @JsonProperty("FirstName") String firstName,
            @JsonProperty("LastName") String lastName,
            @JsonProperty("SameAsStudent") @Nullable Integer sameAsStudent,
            @JsonProperty("SameAsLine") @Nullable Integer sameAsLine) {}

    /** A column whose item isn't in the book. */
    @JsonPropertyOrder({"Title", "Type", "Points"})
    public record NewItem(
            @JsonProperty("Title") String title,
            @JsonProperty("Type") GradeType type,
            @JsonProperty("Points") Score points) {}

    /** What can't be read. */
    @JsonPropertyOrder({"Line", "Problem"})
    public record Mistake(
            @JsonProperty("Line") int line,
            @JsonProperty("Problem") String problem) {}
}

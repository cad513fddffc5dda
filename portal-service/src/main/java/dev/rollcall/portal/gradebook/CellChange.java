package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.FormSubmission;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change of a cell of the grid, as typed.
 *
 * @param grade the grade's id when the grid was shown; 0 if the cell was blank
 * @param version the grade's version then
 * @param score the typed score; empty to blank the cell
 * @param back where to redirect afterwards
 */
record CellChange(long student, long item, long grade, long version, String score, String back) {
    private static final Pattern PLACE = Pattern.compile("/gradebook\\?[!-~]{0,2000}");

    /** Restricts {@code back} to the gradebook, so that it can't redirect to another site. */
    CellChange {
        back = PLACE.matcher(back).matches() ? back : "/gradebook";
    }

    static CellChange of(FormSubmission submission) {
        return new CellChange(
                Ids.orZero(submission.field("Student")),
                Ids.orZero(submission.field("Item")),
                Ids.orZero(submission.field("Grade")),
                Ids.orZero(submission.field("Version")),
                submission.field(GradeForm.SCORE),
                submission.field("Back"));
    }

    boolean isBlank() {
        return score.isEmpty();
    }

    boolean wasBlank() {
        return grade == 0;
    }

    /** Returns whether it can be stored. */
    boolean isValid() {
        return isBlank() || GradeForm.isScore(score);
    }

    /** Returns whether a cell with this score is the change's result. */
    boolean isResult(Optional<BigDecimal> scored) {
        return isBlank() ? scored.isEmpty() : scored.isPresent() && scored.get().compareTo(new BigDecimal(score)) == 0;
    }

    String gradePath() {
        return "/students/" + student + "/grades/" + grade;
    }

    String itemPath() {
        return "/students/" + student + "/items/" + item;
    }
}

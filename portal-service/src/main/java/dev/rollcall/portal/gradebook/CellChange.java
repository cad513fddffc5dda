package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.FormSubmission;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was typed into a cell of the grid.
 *
 * @param student whose
 * @param item for what
 * @param grade the grade's number when the grid was shown; 0 if the cell was blank
 * @param version the grade's version then
 * @param score what was typed; empty to make the cell blank
 * @param back where to go afterwards
 */
record CellChange(long student, long item, long grade, long version, String score, String back) {
    private static final Pattern PLACE = Pattern.compile("/gradebook\\?[!-~]{0,2000}");

    /** Leads back to the gradebook only: to no other place, nor another site. */
    CellChange {
        back = PLACE.matcher(back).matches() ? back : "/gradebook";
    }

    static CellChange of(FormSubmission formSubmission) {
        return new CellChange(
                Ids.orZero(formSubmission.field("Student")),
                Ids.orZero(formSubmission.field("Item")),
                Ids.orZero(formSubmission.field("Grade")),
                Ids.orZero(formSubmission.field("Version")),
                formSubmission.field(GradeForm.SCORE),
                formSubmission.field("Back"));
    }

    boolean isBlank() {
        return score.isEmpty();
    }

    boolean wasBlank() {
        return grade == 0;
    }

    /** Whether it could be stored. */
    boolean isRight() {
        return isBlank() || GradeForm.isScore(score);
    }

    /** Whether a cell of this score is what the change leads to. */
    boolean isWanted(Optional<BigDecimal> scored) {
        return isBlank() ? scored.isEmpty() : scored.isPresent() && scored.get().compareTo(new BigDecimal(score)) == 0;
    }

    String gradePath() {
        return "/students/" + student + "/grades/" + grade;
    }

    String itemPath() {
        return "/students/" + student + "/items/" + item;
    }
}

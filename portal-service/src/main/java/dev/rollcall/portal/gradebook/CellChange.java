package dev.rollcall.portal.gradebook;

import dev.rollcall.portal.page.Posted;

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
    static CellChange of(Posted posted) {
        var back = posted.field("Back");
        return new CellChange(
                Ids.orZero(posted.field("Student")),
                Ids.orZero(posted.field("Item")),
                Ids.orZero(posted.field("Grade")),
                Ids.orZero(posted.field("Version")),
                posted.field(GradeForm.SCORE),
                // no other place, nor another site
                back.startsWith("/gradebook?") ? back : "/gradebook");
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

    String gradePath() {
        return "/students/" + student + "/grades/" + grade;
    }

    String itemPath() {
        return "/students/" + student + "/items/" + item;
    }
}

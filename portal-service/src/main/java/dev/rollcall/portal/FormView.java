package dev.rollcall.portal;

/** The form that adds a grade to a student, as it is shown: what was typed, and what is wrong with it. */
record FormView(long studentId, GradeForm typed, Mistakes mistakes) {
    static FormView empty(long studentId) {
        return new FormView(studentId, GradeForm.EMPTY, Mistakes.NONE);
    }
}

package dev.rollcall.grading.book;

/** The names of changes in the history. */
final class ChangeKind {
    static final String STUDENT_ADDED = "student added";
    static final String STUDENT_RENAMED = "student renamed";
    static final String STUDENT_WITHDRAWN = "student withdrawn";
    static final String STUDENT_RESTORED = "student restored";
    static final String GRADE_ADDED = "grade added";
    static final String GRADE_CHANGED = "grade changed";
    static final String GRADE_REMOVED = "grade removed";
    static final String ITEM_ADDED = "item added";
    static final String ITEM_CHANGED = "item changed";
    static final String ITEM_REMOVED = "item removed";
    static final String TYPE_CHANGED = "type changed";
    static final String LETTERS_CHANGED = "letters changed";

    private ChangeKind() {}
}

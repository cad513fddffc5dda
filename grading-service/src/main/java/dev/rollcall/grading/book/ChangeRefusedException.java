package dev.rollcall.grading.book;

import java.io.Serial;

/** Thrown when a change is refused; nothing was changed. The message may be shown to the client. */
public final class ChangeRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    public ChangeRefusedException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static ChangeRefusedException noStudent() {
        return new ChangeRefusedException(Kind.ABSENT, "there is no student of this id; GET /students lists them");
    }

    static ChangeRefusedException noGrade() {
        return new ChangeRefusedException(
                Kind.ABSENT, "this student has no grade of this id; GET /students/{id} lists them");
    }

    static ChangeRefusedException noItem() {
        return new ChangeRefusedException(Kind.ABSENT, "there is no item of this id; GET /items lists them");
    }

    /** The reason for refusing a change. */
    public enum Kind {
        /** The object of the change does not exist. */
        ABSENT,
        /** The change contradicts the current state. */
        CONFLICT,
        /** The precondition no longer holds, and there is no current state to return. */
        OUTDATED,
        /** The gradebook is at its limit. */
        FULL,
        /** The key was used for another request. */
        KEY_REUSED
    }
}

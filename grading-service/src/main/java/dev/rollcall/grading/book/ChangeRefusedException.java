package dev.rollcall.grading.book;

import java.io.Serial;

/** A change that can't be made; nothing was done. The message says why, and may be shown. */
public final class ChangeRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Refuses. */
    public ChangeRefusedException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** What kind of reason. */
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

    /** Why a change can't be made. */
    public enum Kind {
        /** What it is about isn't there. */
        ABSENT,
        /** It doesn't go with what is there. */
        CONFLICT,
        /** What was asked on condition of is no longer so, and there is no state to show. */
        OUTDATED,
        /** The book holds as much as it may. */
        FULL,
        /** The key was used for another request. */
        KEY_REUSED
    }
}

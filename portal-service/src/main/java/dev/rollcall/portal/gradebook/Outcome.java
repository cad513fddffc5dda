package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Reply;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Refusal;
import java.util.List;

/** What became of a change. */
sealed interface Outcome {
    /** The fields whose mistakes the grading service may tell one by one. */
    List<String> FIELDS = List.of(
            GradeForm.TITLE,
            GradeForm.TYPE,
            GradeForm.SCORE,
            "Comment",
            "FirstName",
            "LastName",
            "Points",
            "Weight",
            "DropLowest");

    /** What an answer means. */
    static Outcome of(Reply reply) {
        var status = reply.status();
        if (status >= 200 && status < 300) {
            return new Done(reply);
        }
        if (status == 404) {
            return new Gone();
        }
        if (status == 412) {
            return new Changed(reply);
        }
        if (status >= 400 && status < 500) {
            return new Refused(Refusal.mistakes(reply, FIELDS), reply);
        }
        var surelyNotDone = status == 503 || status == 507;
        return new Failed(surelyNotDone, "The grading service failed. " + Refusal.reason(reply));
    }

    /** The grading service has it. */
    record Done(Reply reply) implements Outcome {}

    /** What was to be changed isn't there. */
    record Gone() implements Outcome {}

    /** Somebody else changed it; the answer has how it is now. */
    record Changed(Reply reply) implements Outcome {}

    /** The grading service found mistakes. */
    record Refused(Mistakes mistakes, Reply reply) implements Outcome {}

    /**
     * It didn't come to that.
     *
     * @param isSurelyNotDone whether sending it again can't make it two
     * @param reason a sentence for the teacher
     */
    record Failed(boolean isSurelyNotDone, String reason) implements Outcome {}
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.portal.page.ValidationErrors;
import java.util.List;

/** What became of a change. */
sealed interface ChangeOutcome {
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
    static ChangeOutcome of(ClientResponse clientResponse) {
        var status = clientResponse.status();
        if (status >= 200 && status < 300) {
            return new Done(clientResponse);
        }
        if (status == 404) {
            return new Gone();
        }
        if (status == 412) {
            return new Changed(clientResponse);
        }
        if (status >= 400 && status < 500) {
            return new Refused(ProblemReader.mistakes(clientResponse, FIELDS), clientResponse);
        }
        var surelyNotDone = status == 503 || status == 507;
        return new Failed(surelyNotDone, "The grading service failed. " + ProblemReader.reason(clientResponse));
    }

    /** The grading service has it. */
    record Done(ClientResponse reply) implements ChangeOutcome {}

    /** What was to be changed isn't there. */
    record Gone() implements ChangeOutcome {}

    /** Somebody else changed it; the answer has how it is now. */
    record Changed(ClientResponse reply) implements ChangeOutcome {}

    /** The grading service found mistakes. */
    record Refused(ValidationErrors mistakes, ClientResponse reply) implements ChangeOutcome {}

    /**
     * It didn't come to that.
     *
     * @param isSurelyNotDone whether sending it again can't make it two
     * @param reason a sentence for the teacher
     */
    record Failed(boolean isSurelyNotDone, String reason) implements ChangeOutcome {}
}

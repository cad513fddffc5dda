package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.portal.page.ValidationErrors;
import java.util.List;

/** The outcome of a change. */
sealed interface ChangeOutcome {
    /** The fields for which the grading service may report errors one by one. */
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

    /** Maps a response to an outcome. */
    static ChangeOutcome of(ClientResponse response) {
        var status = response.status();
        if (status >= 200 && status < 300) {
            return new Done(response);
        }
        if (status == 404) {
            return new Gone();
        }
        if (status == 412) {
            return new Changed(response);
        }
        if (status >= 400 && status < 500) {
            return new Refused(ProblemReader.validationErrors(response, FIELDS), response);
        }
        var surelyNotDone = status == 503 || status == 507;
        return new Failed(surelyNotDone, "The grading service failed. " + ProblemReader.reason(response));
    }

    /** The change is stored. */
    record Done(ClientResponse response) implements ChangeOutcome {}

    /** The resource to change does not exist. */
    record Gone() implements ChangeOutcome {}

    /** Another user changed it; the response has the current state. */
    record Changed(ClientResponse response) implements ChangeOutcome {}

    /** The grading service rejected the change. */
    record Refused(ValidationErrors errors, ClientResponse response) implements ChangeOutcome {}

    /**
     * The change failed.
     *
     * @param isSurelyNotDone whether a retry can't apply it twice
     * @param reason the cause, as a sentence for the teacher
     */
    record Failed(boolean isSurelyNotDone, String reason) implements ChangeOutcome {}
}

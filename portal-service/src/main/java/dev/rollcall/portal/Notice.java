package dev.rollcall.portal;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;

/**
 * A page that says why there is no other, and what to do.
 *
 * @param status the HTTP status that goes with it
 * @param title what is wrong in a few words
 * @param explanation more of it; may be another service's words
 * @param advice what to do
 * @param isHealing whether the page looks again by itself
 */
record Notice(int status, String title, String explanation, String advice, boolean isHealing) {
    /** How often a healing page looks again. */
    static final int HEALING_SECONDS = 2;

    private static final String LOOKS_AGAIN = "This page looks again every " + HEALING_SECONDS + " seconds.";

    static final Notice NO_SUCH_STUDENT = new Notice(
            404,
            "No such student",
            "The grading service knows no student of this number.",
            "Choose one from the list of students.",
            false);

    static final Notice NOWHERE = new Notice(
            404, "No such page", "Nothing is at this address.", "Check it for a slip, or go on from the menu.", false);

    static final Notice FROM_ANOTHER_SITE = new Notice(
            403,
            "Not sent from here",
            "The form came from another site, so nothing was stored.",
            "Open the student's page here and send the grade from there.",
            false);

    /** Why the grading service could not be asked, as a page. */
    static Notice of(IOException e) {
        if (e instanceof NoProviderException) {
            return new Notice(
                    503,
                    "No grading service",
                    "No grading service is registered at the moment, so there are no students to show.",
                    "Start one: java -jar grading-service.jar. " + LOOKS_AGAIN,
                    true);
        }
        if (e instanceof CallFailedException) {
            return new Notice(
                    503,
                    "The grading service does not answer",
                    "None of the grading services that are known here answered in time.",
                    "It may just be starting again. " + LOOKS_AGAIN,
                    true);
        }
        if (e instanceof UnexpectedReplyException reply) {
            return reply.isUnavailable() ? busy(reply.reason()) : failed(reply.reason());
        }
        if (e instanceof MalformedJsonException json) {
            return new Notice(
                    502,
                    "The grading service's answer can't be read",
                    "It is not what the protocol says: " + json.detail(),
                    "Check on the system page that what is registered as GradingService is one, then reload.",
                    false);
        }
        return failed(String.valueOf(e.getMessage()));
    }

    private static Notice busy(String reason) {
        return new Notice(503, "The grading service is busy", reason, "Wait a moment. " + LOOKS_AGAIN, true);
    }

    private static Notice failed(String reason) {
        return new Notice(
                502,
                "The grading service failed",
                reason,
                "Reload this page. If that doesn't help, the grading service's log says more.",
                false);
    }
}

package dev.rollcall.portal.page;

import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Problem;
import java.io.IOException;

/**
 * A page that explains a failure and what to do.
 *
 * @param status the HTTP status
 * @param title the failure in a few words
 * @param explanation the details; may be another service's words
 * @param advice what to do
 * @param isReloading whether the page reloads itself
 */
public record ProblemPage(int status, String title, String explanation, String advice, boolean isReloading) {
    /** How often such a page reloads, in seconds. */
    public static final int RELOAD_SECONDS = 2;

    private static final String LOOKS_AGAIN = "This page looks again every " + RELOAD_SECONDS + " seconds.";

    /** The grading service has no such student. */
    public static final ProblemPage NO_SUCH_STUDENT = new ProblemPage(
            404,
            "No such student",
            "The grading service knows no student of this number.",
            "Choose one from the list of students.",
            false);

    /** Another site made the browser send the post. */
    public static final ProblemPage FROM_ANOTHER_SITE = new ProblemPage(
            403,
            "Not sent from here",
            "The form came from another site, so nothing was stored.",
            "Open the page here and send the form from there.",
            false);

    public static ProblemPage gone(String title, String explanation, String advice) {
        return new ProblemPage(404, title, explanation, advice, false);
    }

    /** Returns the page for a problem that no page handles. */
    public static ProblemPage of(Problem problem) {
        return switch (problem.status()) {
            case 404 ->
                new ProblemPage(
                        404,
                        "No such page",
                        "Nothing is at this address.",
                        "Check it for a slip, or go on from the menu.",
                        false);
            case 405 ->
                new ProblemPage(
                        405,
                        "Not to be used like this",
                        "This address doesn't take what was sent to it (" + problem.detail() + ").",
                        "Go on from the menu; nothing was changed.",
                        false);
            case 413 ->
                new ProblemPage(
                        413,
                        "Too large",
                        "What was sent is larger than this portal takes: " + problem.detail() + ".",
                        "Send it in smaller parts, or have the portal started with a larger --body-max. Nothing was changed.",
                        false);
            case 500 ->
                new ProblemPage(
                        500,
                        "The portal failed",
                        "Its log has this failure under the request id " + problem.requestId() + ".",
                        "Try again; the log lines of this page, linked below, say more.",
                        false);
            case 503 ->
                new ProblemPage(
                        503,
                        "The portal can't for now",
                        "It says: " + problem.detail() + ".",
                        "Wait a moment. " + LOOKS_AGAIN,
                        true);
            default ->
                new ProblemPage(
                        problem.status(),
                        problem.title(),
                        problem.detail(),
                        "Go back and try it differently; nothing was changed.",
                        false);
        };
    }

    /** Returns the page for a failed call to the grading service. */
    public static ProblemPage of(IOException e) {
        if (e instanceof NoProviderException) {
            return new ProblemPage(
                    503,
                    "No grading service",
                    "No grading service is registered at the moment, so there are no students to show.",
                    "Start one: java -jar grading-service.jar. " + LOOKS_AGAIN,
                    true);
        }
        if (e instanceof CallFailedException) {
            return new ProblemPage(
                    503,
                    "The grading service does not answer",
                    "None of the grading services that are known here answered in time.",
                    "It may just be starting again. " + LOOKS_AGAIN,
                    true);
        }
        if (e instanceof UnexpectedResponseException unexpected) {
            return unexpected.isUnavailable() ? busy(unexpected.reason()) : failed(unexpected.reason());
        }
        if (e instanceof MalformedJsonException json) {
            return new ProblemPage(
                    502,
                    "The grading service's answer can't be read",
                    "It is not what the protocol says: " + json.detail(),
                    "Check on the system page that what is registered as GradingService is one, then reload.",
                    false);
        }
        return failed(String.valueOf(e.getMessage()));
    }

    /** Returns the page for a posted form, without reload: a reload would send the form again, or lose it. */
    ProblemPage forPost() {
        return isReloading
                ? new ProblemPage(
                        status,
                        title,
                        explanation,
                        "Go back: what you typed is still there. Send it again in a moment.",
                        false)
                : this;
    }

    private static ProblemPage busy(String reason) {
        return new ProblemPage(503, "The grading service is busy", reason, "Wait a moment. " + LOOKS_AGAIN, true);
    }

    private static ProblemPage failed(String reason) {
        return new ProblemPage(
                502,
                "The grading service failed",
                reason,
                "Reload this page. If that doesn't help, the grading service's log says more.",
                false);
    }
}

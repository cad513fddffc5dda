package dev.rollcall.portal.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form as it was sent, to send again with one button. Nothing that was typed is lost.
 *
 * @param title the problem in a few words
 * @param reason the cause as a sentence; may be another service's words
 * @param advice what the user can do
 * @param action the form's target
 * @param fields the typed values
 * @param token the token of this form
 */
public record ResubmitPage(
        String title, String reason, String advice, String action, Map<String, String> fields, String token) {
    public ResubmitPage {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static ResubmitPage ofExpiredForm(String action, Map<String, String> fields, String token) {
        return new ResubmitPage(
                "Please send it once more",
                "The form was opened before this portal was started, so nothing was stored yet.",
                "What you typed is kept: look at it below, and send it.",
                action,
                fields,
                token);
    }

    /** Returns the page for a change that failed, or whose outcome is unknown. */
    public static ResubmitPage ofFailure(FormSubmission submission, boolean isSurelyNotDone, String reason) {
        return new ResubmitPage(
                isSurelyNotDone ? "Not done yet" : "It may not have been done",
                reason,
                isSurelyNotDone
                        ? "What you typed is kept. Send it again in a moment."
                        : "Whether it was stored isn't known. Look first, and send it again only if it isn't there.",
                submission.request().path(),
                submission.fields(),
                submission.token());
    }
}

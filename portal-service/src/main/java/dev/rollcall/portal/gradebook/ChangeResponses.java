package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Response;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.ResubmitPage;
import java.io.IOException;

/**
 * Maps the outcome of a form's change to the response. A route sets where it differs from the defaults: a redirect when
 * done, the form to send again when failed, otherwise a notice. Not thread-safe; one per form.
 */
final class ChangeResponses {
    private final FormSubmission submission;
    private Page<ChangeOutcome.Done> done;
    private Page<ChangeOutcome.Gone> gone;
    private Page<ChangeOutcome.Changed> changed;
    private Page<ChangeOutcome.Refused> refused = refusal ->
            notice(new ProblemPage(400, "Not done", refusal.errors().general(), "Nothing was changed.", false));
    private Page<ChangeOutcome.Failed> failed = this::resubmit;

    /**
     * Creates the default mapping.
     *
     * @param next where to redirect when done
     * @param gone the notice if the resource does not exist
     */
    ChangeResponses(FormSubmission submission, String next, ProblemPage gone) {
        this.submission = submission;
        this.done = stored -> Response.seeOther(next);
        this.gone = missing -> notice(gone);
        this.changed = conflict -> notice(gone);
    }

    ChangeResponses done(Page<ChangeOutcome.Done> page) {
        done = page;
        return this;
    }

    ChangeResponses gone(Page<ChangeOutcome.Gone> page) {
        gone = page;
        return this;
    }

    ChangeResponses changed(Page<ChangeOutcome.Changed> page) {
        changed = page;
        return this;
    }

    ChangeResponses changed(ProblemPage page) {
        return changed(conflict -> notice(page));
    }

    ChangeResponses refused(Page<ChangeOutcome.Refused> page) {
        refused = page;
        return this;
    }

    ChangeResponses refused(ProblemPage page) {
        return refused(refusal -> notice(page));
    }

    ChangeResponses failed(Page<ChangeOutcome.Failed> page) {
        failed = page;
        return this;
    }

    /** Returns the response to an outcome. */
    Response to(ChangeOutcome outcome) throws IOException {
        if (outcome instanceof ChangeOutcome.Done result) {
            return done.of(result);
        }
        if (outcome instanceof ChangeOutcome.Gone result) {
            return gone.of(result);
        }
        if (outcome instanceof ChangeOutcome.Changed result) {
            return changed.of(result);
        }
        return outcome instanceof ChangeOutcome.Refused result
                ? refused.of(result)
                : failed.of((ChangeOutcome.Failed) outcome);
    }

    private Response notice(ProblemPage page) {
        return Pages.notice(submission.request(), page);
    }

    private Response resubmit(ChangeOutcome.Failed failure) {
        var page = ResubmitPage.ofFailure(submission, failure.isSurelyNotDone(), failure.reason());
        return Pages.response(submission.request(), 503, "page/again", page);
    }

    /** Returns the response to one kind of outcome. */
    @FunctionalInterface
    interface Page<T extends ChangeOutcome> {
        Response of(T outcome) throws IOException;
    }
}

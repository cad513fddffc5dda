package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.Map;

/** Enrols, renames, withdraws and restores students, and undoes changes. */
final class PersonPageRoutes {
    private static final String JSON = "application/json";

    private static final ProblemPage CHANGED_MEANWHILE = new ProblemPage(
            409,
            "Changed meanwhile",
            "Somebody else changed this student after you opened the page; nothing was stored.",
            "Look at the student again, and then decide.",
            false);
    private static final ProblemPage NOT_UNDONE = new ProblemPage(
            409,
            "Not undone",
            "It was changed again since, so there is nothing to go back to.",
            "Look at the student's history, and change the grade itself.",
            false);

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;

    PersonPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .post("/students", GradingFallback.page(forms.posted(this::enrol)))
                .get("/students/new", this::newStudent)
                .get("/students/{id}/name", GradingFallback.page(this::name))
                .post("/students/{id}/name", GradingFallback.page(forms.posted(this::rename)))
                .post(
                        "/students/{id}/withdraw",
                        GradingFallback.page(forms.posted(submission -> withdraw(submission, true))))
                .post(
                        "/students/{id}/restore",
                        GradingFallback.page(forms.posted(submission -> withdraw(submission, false))))
                .post("/students/{id}/history/{entry}/undo", GradingFallback.page(forms.posted(this::undo)));
    }

    private Response newStudent(Request request) {
        return Pages.response(
                request,
                200,
                "gradebook/person",
                new PersonPage(0, "", "", 0, ValidationErrors.NONE, forms.newToken()));
    }

    private Response enrol(FormSubmission submission) throws IOException {
        var outcome = grading.change(ClientRequest.post("/students", JSON, names(submission)), submission);
        return responses(submission, 0)
                .done(done -> Response.seeOther(done.response()
                        .header("Location")
                        .filter(place -> place.matches("/students/[0-9]+"))
                        .orElse("/students")))
                .to(outcome);
    }

    private Response name(Request request) throws IOException {
        var student = reader.student(request);
        return student.isEmpty()
                ? Pages.notice(request, ProblemPage.NO_SUCH_STUDENT)
                : Pages.response(
                        request,
                        200,
                        "gradebook/person",
                        new PersonPage(
                                student.get().id(),
                                student.get().firstName(),
                                student.get().lastName(),
                                student.get().version(),
                                ValidationErrors.NONE,
                                forms.newToken()));
    }

    private Response rename(FormSubmission submission) throws IOException {
        var id = Ids.of(submission.request(), "id").orElse(0);
        var path = "/students/" + id;
        var version = Ids.orZero(submission.field("Version"));
        var outcome = grading.changeIf(path, version, ClientRequest.put(path, JSON, names(submission)), submission);
        return responses(submission, id).to(outcome);
    }

    private static byte[] names(FormSubmission submission) {
        return Json.bytes(Map.of("FirstName", submission.field("FirstName"), "LastName", submission.field("LastName")));
    }

    private Response withdraw(FormSubmission submission, boolean isWithdrawing) throws IOException {
        var id = Ids.of(submission.request(), "id").orElse(0);
        var path = "/students/" + id;
        var clientRequest = isWithdrawing
                ? ClientRequest.delete(path, JSON, new byte[0])
                : ClientRequest.post(path + "/restore", JSON, new byte[0]);
        var outcome = grading.changeIf(path, Ids.orZero(submission.field("Version")), clientRequest, submission);
        return responses(submission, id).to(outcome);
    }

    private Response undo(FormSubmission submission) throws IOException {
        var id = Ids.of(submission.request(), "id").orElse(0);
        var entry = Ids.of(submission.request(), "entry").orElse(0);
        var clientRequest = ClientRequest.post("/students/" + id + "/history/" + entry + "/undo", JSON, new byte[0]);
        var outcome = grading.change(clientRequest, submission);
        return responses(submission, id).refused(NOT_UNDONE).to(outcome);
    }

    /** Returns the mapping for a student's forms; of those without name fields, a rejected one becomes a notice. */
    private static ChangeResponses responses(FormSubmission submission, long id) {
        var responses = new ChangeResponses(submission, "/students/" + id, ProblemPage.NO_SUCH_STUDENT)
                .changed(CHANGED_MEANWHILE);
        return submission.fields().containsKey("FirstName")
                ? responses.refused(refused -> namesAgain(submission, id, refused.errors()))
                : responses;
    }

    private static Response namesAgain(FormSubmission submission, long id, ValidationErrors errors) {
        var page = new PersonPage(
                id,
                submission.field("FirstName"),
                submission.field("LastName"),
                Ids.orZero(submission.field("Version")),
                errors,
                submission.token());
        return Pages.response(submission.request(), 400, "gradebook/person", page);
    }
}

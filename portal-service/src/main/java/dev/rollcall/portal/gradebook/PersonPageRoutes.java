package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.ResubmitPage;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.Map;

/** Enrols, renames, withdraws and restores students, and undoes changes. */
final class PersonPageRoutes {
    private static final String JSON = "application/json";

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
                        GradingFallback.page(forms.posted(formSubmission -> withdraw(formSubmission, true))))
                .post(
                        "/students/{id}/restore",
                        GradingFallback.page(forms.posted(formSubmission -> withdraw(formSubmission, false))))
                .post("/students/{id}/history/{entry}/undo", GradingFallback.page(forms.posted(this::undo)));
    }

    private Response newStudent(Request request) {
        return Pages.response(
                request,
                200,
                "gradebook/person",
                new PersonPage(0, "", "", 0, ValidationErrors.NONE, forms.newToken()));
    }

    private Response enrol(FormSubmission formSubmission) {
        var changeOutcome = grading.change(
                ClientRequest.post("/students", JSON, names(formSubmission)),
                formSubmission.key(),
                formSubmission.request().trace());
        if (changeOutcome instanceof ChangeOutcome.Done done) {
            return Response.seeOther(done.response()
                    .header("Location")
                    .filter(place -> place.matches("/students/[0-9]+"))
                    .orElse("/students"));
        }
        return notDone(formSubmission, 0, changeOutcome);
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

    private Response rename(FormSubmission formSubmission) throws IOException {
        var id = Ids.of(formSubmission.request(), "id").orElse(0);
        var path = "/students/" + id;
        var version = Ids.orZero(formSubmission.field("Version"));
        var changeOutcome = grading.changeIf(
                path,
                version,
                ClientRequest.put(path, JSON, names(formSubmission)),
                formSubmission.key(),
                formSubmission.request().trace());
        return changeOutcome instanceof ChangeOutcome.Done
                ? Response.seeOther(path)
                : notDone(formSubmission, id, changeOutcome);
    }

    private static byte[] names(FormSubmission formSubmission) {
        return Json.bytes(
                Map.of("FirstName", formSubmission.field("FirstName"), "LastName", formSubmission.field("LastName")));
    }

    private Response withdraw(FormSubmission formSubmission, boolean isWithdrawing) throws IOException {
        var id = Ids.of(formSubmission.request(), "id").orElse(0);
        var path = "/students/" + id;
        var clientRequest = isWithdrawing
                ? ClientRequest.delete(path, JSON, new byte[0])
                : ClientRequest.post(path + "/restore", JSON, new byte[0]);
        var changeOutcome = grading.changeIf(
                path,
                Ids.orZero(formSubmission.field("Version")),
                clientRequest,
                formSubmission.key(),
                formSubmission.request().trace());
        return changeOutcome instanceof ChangeOutcome.Done
                ? Response.seeOther(path)
                : notDone(formSubmission, id, changeOutcome);
    }

    private Response undo(FormSubmission formSubmission) {
        var id = Ids.of(formSubmission.request(), "id").orElse(0);
        var entry = Ids.of(formSubmission.request(), "entry").orElse(0);
        var clientRequest = ClientRequest.post("/students/" + id + "/history/" + entry + "/undo", JSON, new byte[0]);
        var changeOutcome = grading.change(
                clientRequest, formSubmission.key(), formSubmission.request().trace());
        if (changeOutcome instanceof ChangeOutcome.Refused) {
            return Pages.notice(
                    formSubmission.request(),
                    new ProblemPage(
                            409,
                            "Not undone",
                            "It was changed again since, so there is nothing to go back to.",
                            "Look at the student's history, and change the grade itself.",
                            false));
        }
        return changeOutcome instanceof ChangeOutcome.Done
                ? Response.seeOther("/students/" + id)
                : notDone(formSubmission, id, changeOutcome);
    }

    /** Returns the page for a change that was not stored; also for forms without name fields. */
    private static Response notDone(FormSubmission formSubmission, long id, ChangeOutcome changeOutcome) {
        var request = formSubmission.request();
        if (changeOutcome instanceof ChangeOutcome.Refused refused
                && formSubmission.fields().containsKey("FirstName")) {
            var page = new PersonPage(
                    id,
                    formSubmission.field("FirstName"),
                    formSubmission.field("LastName"),
                    Ids.orZero(formSubmission.field("Version")),
                    refused.errors(),
                    formSubmission.token());
            return Pages.response(request, 400, "gradebook/person", page);
        }
        if (changeOutcome instanceof ChangeOutcome.Failed failed) {
            return Pages.response(
                    request,
                    503,
                    "page/again",
                    ResubmitPage.ofFailure(formSubmission, failed.isSurelyNotDone(), failed.reason()));
        }
        if (changeOutcome instanceof ChangeOutcome.Changed) {
            return Pages.notice(
                    request,
                    new ProblemPage(
                            409,
                            "Changed meanwhile",
                            "Somebody else changed this student after you opened the page; nothing was stored.",
                            "Look at the student again, and then decide.",
                            false));
        }
        if (changeOutcome instanceof ChangeOutcome.Refused refused) {
            return Pages.notice(
                    request,
                    new ProblemPage(400, "Not done", refused.errors().general(), "Nothing was changed.", false));
        }
        return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
    }
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.UnexpectedResponseException;
import dev.rollcall.portal.page.ValidationErrors;
import java.io.IOException;
import java.util.List;

/** Shows one student with grades, and adds a grade. */
final class StudentPageRoutes {
    private static final String JSON = "application/json";

    private final GradingClient grading;
    private final LenientList lenientList = new LenientList();
    private final StudentReader reader;
    private final Forms forms;

    StudentPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students/{id}", GradingFallback.page(this::one))
                .get("/students/{id}/grades", StudentPageRoutes::backToStudent)
                .post("/students/{id}/grades", GradingFallback.page(forms.posted(this::add)));
    }

    private Response one(Request request) throws IOException {
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
        }
        return student(request, 200, id.getAsLong(), GradeForm.EMPTY, ValidationErrors.NONE, forms.newToken());
    }

    /** Redirects a reload of the URL after a post. */
    private static Response backToStudent(Request request) {
        var id = Ids.of(request, "id");
        return id.isPresent()
                ? Response.seeOther("/students/" + id.getAsLong())
                : Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
    }

    private Response add(FormSubmission formSubmission) throws IOException {
        var request = formSubmission.request();
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
        }
        var form = GradeForm.of(formSubmission.fields());
        var validationErrors = form.validate(reader.types(request.trace()));
        return validationErrors.isEmpty()
                ? send(formSubmission, id.getAsLong(), form)
                : again(formSubmission, id.getAsLong(), form, validationErrors);
    }

    private Response send(FormSubmission formSubmission, long id, GradeForm form) {
        var request = formSubmission.request();
        var clientRequest = ClientRequest.post("/students/" + id + "/grades", JSON, form.json());
        var changeOutcome = grading.change(clientRequest, formSubmission.key(), request.trace());
        if (changeOutcome instanceof ChangeOutcome.Gone) {
            return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
        }
        if (changeOutcome instanceof ChangeOutcome.Refused refused) {
            return again(formSubmission, id, form, refused.errors());
        }
        if (changeOutcome instanceof ChangeOutcome.Failed failed) {
            return unsent(
                    formSubmission,
                    503,
                    failed.reason(),
                    failed.isSurelyNotDone(),
                    view(formSubmission, id, form, ValidationErrors.NONE));
        }
        return Response.seeOther("/students/" + id);
    }

    /** Returns the student's page with the errors and the typed values; the form alone if the student can't be read. */
    private Response again(FormSubmission formSubmission, long id, GradeForm form, ValidationErrors validationErrors) {
        try {
            return student(formSubmission.request(), 400, id, form, validationErrors, formSubmission.token());
        } catch (IOException e) {
            var why = "The other grades can't be shown at the moment.";
            return unsent(formSubmission, 400, why, true, view(formSubmission, id, form, validationErrors));
        }
    }

    private FormView view(FormSubmission formSubmission, long id, GradeForm form, ValidationErrors validationErrors) {
        return new FormView(
                id,
                form,
                reader.types(formSubmission.request().trace()),
                false,
                validationErrors,
                formSubmission.token());
    }

    private Response student(
            Request request, int status, long id, GradeForm typed, ValidationErrors validationErrors, String token)
            throws IOException {
        Fetched fetched;
        try {
            fetched = grading.read("/students/" + id, request.trace());
        } catch (UnexpectedResponseException e) {
            if (e.status() == 404) {
                return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
            }
            throw e;
        }
        var student =
                lenientList.readOne("GET /students/{id}", fetched.response().body(), Student.class);
        var form =
                new FormView(id, typed, reader.types(request.trace()), student.isChangeable(), validationErrors, token);
        List<HistoryEntry> history = student.isChangeable() ? reader.history(id, request.trace()) : List.of();
        var page = new StudentPage(student, form, history, Chart.of(student.grades()), fetched.note());
        return Pages.response(request, status, "gradebook/student", page);
    }

    private static Response unsent(
            FormSubmission formSubmission, int status, String reason, boolean isSurelyNotStored, FormView form) {
        var page = new UnsentPage(status, reason, isSurelyNotStored, form);
        return Pages.response(formSubmission.request(), status, "gradebook/unsent", page);
    }
}

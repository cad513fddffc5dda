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

    private Response add(FormSubmission submission) throws IOException {
        var request = submission.request();
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Pages.notice(request, ProblemPage.NO_SUCH_STUDENT);
        }
        var form = GradeForm.of(submission.fields());
        var errors = form.validate(reader.types(request.trace()));
        return errors.isEmpty()
                ? send(submission, id.getAsLong(), form)
                : again(submission, id.getAsLong(), form, errors);
    }

    private Response send(FormSubmission submission, long id, GradeForm form) throws IOException {
        var clientRequest = ClientRequest.post("/students/" + id + "/grades", JSON, form.json());
        var outcome = grading.change(clientRequest, submission);
        return new ChangeResponses(submission, "/students/" + id, ProblemPage.NO_SUCH_STUDENT)
                .changed(changed -> Response.seeOther("/students/" + id))
                .refused(refused -> again(submission, id, form, refused.errors()))
                .failed(failed -> unsent(
                        submission,
                        503,
                        failed.reason(),
                        failed.isSurelyNotDone(),
                        view(submission, id, form, ValidationErrors.NONE)))
                .to(outcome);
    }

    /** Returns the student's page with the errors and the typed values; the form alone if the student can't be read. */
    private Response again(FormSubmission submission, long id, GradeForm form, ValidationErrors errors) {
        try {
            return student(submission.request(), 400, id, form, errors, submission.token());
        } catch (IOException e) {
            var why = "The other grades can't be shown at the moment.";
            return unsent(submission, 400, why, true, view(submission, id, form, errors));
        }
    }

    private FormView view(FormSubmission submission, long id, GradeForm form, ValidationErrors errors) {
        return new FormView(id, form, reader.types(submission.request().trace()), false, errors, submission.token());
    }

    private Response student(
            Request request, int status, long id, GradeForm typed, ValidationErrors errors, String token)
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
        var form = new FormView(id, typed, reader.types(request.trace()), student.isChangeable(), errors, token);
        List<HistoryEntry> history = student.isChangeable() ? reader.history(id, request.trace()) : List.of();
        var page = new StudentPage(student, form, history, Chart.of(student.grades()), fetched.note());
        return Pages.response(request, status, "gradebook/student", page);
    }

    private static Response unsent(
            FormSubmission submission, int status, String reason, boolean isSurelyNotStored, FormView form) {
        var page = new UnsentPage(status, reason, isSurelyNotStored, form);
        return Pages.response(submission.request(), status, "gradebook/unsent", page);
    }
}

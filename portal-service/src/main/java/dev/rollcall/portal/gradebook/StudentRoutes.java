package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.OddEntries;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Posted;
import dev.rollcall.portal.page.UnexpectedReplyException;
import java.io.IOException;
import java.util.List;

/** One student with the grades, and adding one. */
final class StudentRoutes {
    private static final String JSON = "application/json";

    private final GradingClient grading;
    private final OddEntries odd = new OddEntries();
    private final StudentReader reader;
    private final Forms forms;

    StudentRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students/{id}", Guarded.page(this::one))
                .get("/students/{id}/grades", StudentRoutes::backToStudent)
                .post("/students/{id}/grades", Guarded.page(forms.posted(this::add)));
    }

    private Answer one(Request request) throws IOException {
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Pages.notice(request, Notice.NO_SUCH_STUDENT);
        }
        return student(request, 200, id.getAsLong(), GradeForm.EMPTY, Mistakes.NONE, forms.freshToken());
    }

    /** After a page that answered a post, a reload by address gets here. */
    private static Answer backToStudent(Request request) {
        var id = Ids.of(request, "id");
        return id.isPresent()
                ? Answer.seeOther("/students/" + id.getAsLong())
                : Pages.notice(request, Notice.NO_SUCH_STUDENT);
    }

    private Answer add(Posted posted) throws IOException {
        var request = posted.request();
        var id = Ids.of(request, "id");
        if (id.isEmpty()) {
            return Pages.notice(request, Notice.NO_SUCH_STUDENT);
        }
        var form = GradeForm.of(posted.fields());
        var mistakes = form.mistakes(reader.types(request.trace()));
        return mistakes.areNone() ? send(posted, id.getAsLong(), form) : again(posted, id.getAsLong(), form, mistakes);
    }

    private Answer send(Posted posted, long id, GradeForm form) {
        var request = posted.request();
        var call = Call.post("/students/" + id + "/grades", JSON, form.json());
        var outcome = grading.change(call, posted.key(), request.trace());
        if (outcome instanceof Outcome.Gone) {
            return Pages.notice(request, Notice.NO_SUCH_STUDENT);
        }
        if (outcome instanceof Outcome.Refused refused) {
            return again(posted, id, form, refused.mistakes());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return unsent(
                    posted, 503, failed.reason(), failed.isSurelyNotDone(), view(posted, id, form, Mistakes.NONE));
        }
        return Answer.seeOther("/students/" + id);
    }

    /** The student's page with what was wrong and what was typed; the form alone if there is no more to be had. */
    private Answer again(Posted posted, long id, GradeForm form, Mistakes mistakes) {
        try {
            return student(posted.request(), 400, id, form, mistakes, posted.token());
        } catch (IOException e) {
            var why = "The other grades can't be shown at the moment.";
            return unsent(posted, 400, why, true, view(posted, id, form, mistakes));
        }
    }

    private FormView view(Posted posted, long id, GradeForm form, Mistakes mistakes) {
        return new FormView(id, form, reader.types(posted.request().trace()), false, mistakes, posted.token());
    }

    private Answer student(Request request, int status, long id, GradeForm typed, Mistakes mistakes, String token)
            throws IOException {
        Reading reading;
        try {
            reading = grading.read("/students/" + id, request.trace());
        } catch (UnexpectedReplyException e) {
            if (e.status() == 404) {
                return Pages.notice(request, Notice.NO_SUCH_STUDENT);
            }
            throw e;
        }
        var student = odd.readOne("GET /students/{id}", reading.told().body(), Student.class);
        var form = new FormView(id, typed, reader.types(request.trace()), student.isChangeable(), mistakes, token);
        List<HistoryEntry> history = student.isChangeable() ? reader.history(id, request.trace()) : List.of();
        var page = new StudentPage(student, form, history, Chart.of(student.grades()), reading.note());
        return Pages.answer(request, status, "gradebook/student", page);
    }

    private static Answer unsent(Posted posted, int status, String reason, boolean isSurelyNotStored, FormView form) {
        var page = new UnsentPage(status, reason, isSurelyNotStored, form);
        return Pages.answer(posted.request(), status, "gradebook/unsent", page);
    }
}

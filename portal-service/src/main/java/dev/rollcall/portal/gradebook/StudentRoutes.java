package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.AgainPage;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.Page;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.Posted;
import dev.rollcall.portal.page.UnexpectedReplyException;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** All students, one student, adding a grade, who comes and who leaves. */
final class StudentRoutes {
    private static final int PAGES_KEPT = 100;
    private static final String JSON = "application/json";

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;
    private final Shelf<Made> made = new Shelf<>(PAGES_KEPT);

    StudentRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students", Guarded.page(this::all))
                .post("/students", Guarded.page(forms.posted(this::enrol)))
                .get("/students/new", this::newcomer)
                .get("/students/{id}", Guarded.page(this::one))
                .get("/students/{id}/name", Guarded.page(this::name))
                .post("/students/{id}/name", Guarded.page(forms.posted(this::rename)))
                .post("/students/{id}/withdraw", Guarded.page(forms.posted(posted -> leave(posted, true))))
                .post("/students/{id}/restore", Guarded.page(forms.posted(posted -> leave(posted, false))))
                .get("/students/{id}/grades", StudentRoutes::backToStudent)
                .post("/students/{id}/grades", Guarded.page(forms.posted(this::add)))
                .post("/students/{id}/history/{entry}/undo", Guarded.page(forms.posted(this::undo)));
    }

    /** Made anew only when the grading service tells something else; it is asked each time. */
    private Answer all(Request request) throws IOException {
        var query = StudentsQuery.of(request);
        var path = query.at("/students");
        var reading = grading.read(path, request.trace());
        var known = made.get(path);
        if (reading.isFresh() && known.isPresent() && known.get().from() == reading.told()) {
            return known.get().page().answer(200, request.trace());
        }
        var page = Pages.page("gradebook/students", students(query, reading));
        if (reading.isFresh()) {
            made.put(path, new Made(reading.told(), page));
        }
        return page.answer(200, request.trace());
    }

    private static StudentsPage students(StudentsQuery query, Reading reading) throws IOException {
        var told = Json.readList(reading.told().body(), Student.class);
        var total = reading.told().total();
        return total.isPresent()
                ? new StudentsPage(
                        told, new Paging(query.page(), query.size(), total.get()), query, true, reading.note())
                : new StudentsPage(
                        ClassList.page(ClassList.standing(told), query),
                        ClassList.paging(told, query),
                        query,
                        false,
                        reading.note());
    }

    private Answer newcomer(Request request) {
        return Pages.answer(
                request, 200, "gradebook/person", new PersonPage(0, "", "", 0, Mistakes.NONE, forms.freshToken()));
    }

    private Answer enrol(Posted posted) {
        var outcome = grading.change(
                Call.post("/students", JSON, names(posted)),
                posted.key(),
                posted.request().trace());
        if (outcome instanceof Outcome.Done done) {
            return Answer.seeOther(done.reply()
                    .header("Location")
                    .filter(place -> place.matches("/students/[0-9]+"))
                    .orElse("/students"));
        }
        return notDone(posted, 0, outcome);
    }

    private Answer name(Request request) throws IOException {
        var student = reader.student(request);
        return student.isEmpty()
                ? Pages.notice(request, Notice.NO_SUCH_STUDENT)
                : Pages.answer(
                        request,
                        200,
                        "gradebook/person",
                        new PersonPage(
                                student.get().id(),
                                student.get().firstName(),
                                student.get().lastName(),
                                student.get().version(),
                                Mistakes.NONE,
                                forms.freshToken()));
    }

    private Answer rename(Posted posted) throws IOException {
        var id = Ids.of(posted.request(), "id").orElse(0);
        var path = "/students/" + id;
        var version = Ids.orZero(posted.field("Version"));
        var outcome = grading.changeIf(
                path,
                version,
                Call.put(path, JSON, names(posted)),
                posted.key(),
                posted.request().trace());
        return outcome instanceof Outcome.Done ? Answer.seeOther(path) : notDone(posted, id, outcome);
    }

    private static byte[] names(Posted posted) {
        return Json.bytes(Map.of("FirstName", posted.field("FirstName"), "LastName", posted.field("LastName")));
    }

    private Answer leave(Posted posted, boolean isWithdrawing) throws IOException {
        var id = Ids.of(posted.request(), "id").orElse(0);
        var path = "/students/" + id;
        var call =
                isWithdrawing ? Call.delete(path, JSON, new byte[0]) : Call.post(path + "/restore", JSON, new byte[0]);
        var outcome = grading.changeIf(
                path,
                Ids.orZero(posted.field("Version")),
                call,
                posted.key(),
                posted.request().trace());
        return outcome instanceof Outcome.Done ? Answer.seeOther(path) : notDone(posted, id, outcome);
    }

    private Answer undo(Posted posted) {
        var id = Ids.of(posted.request(), "id").orElse(0);
        var entry = Ids.of(posted.request(), "entry").orElse(0);
        var call = Call.post("/students/" + id + "/history/" + entry + "/undo", JSON, new byte[0]);
        var outcome = grading.change(call, posted.key(), posted.request().trace());
        if (outcome instanceof Outcome.Refused) {
            return Pages.notice(
                    posted.request(),
                    new Notice(
                            409,
                            "Not undone",
                            "It was changed again since, so there is nothing to go back to.",
                            "Look at the student's history, and change the grade itself.",
                            false));
        }
        return outcome instanceof Outcome.Done ? Answer.seeOther("/students/" + id) : notDone(posted, id, outcome);
    }

    /** What becomes of the forms about a student that don't come through; those without fields of their own, too. */
    private static Answer notDone(Posted posted, long id, Outcome outcome) {
        var request = posted.request();
        if (outcome instanceof Outcome.Refused refused && posted.fields().containsKey("FirstName")) {
            var page = new PersonPage(
                    id,
                    posted.field("FirstName"),
                    posted.field("LastName"),
                    Ids.orZero(posted.field("Version")),
                    refused.mistakes(),
                    posted.token());
            return Pages.answer(request, 400, "gradebook/person", page);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Pages.answer(
                    request, 503, "page/again", AgainPage.ofFailure(posted, failed.isSurelyNotDone(), failed.reason()));
        }
        if (outcome instanceof Outcome.Changed) {
            return Pages.notice(
                    request,
                    new Notice(
                            409,
                            "Changed meanwhile",
                            "Somebody else changed this student after you opened the page; nothing was stored.",
                            "Look at the student again, and then decide.",
                            false));
        }
        if (outcome instanceof Outcome.Refused refused) {
            return Pages.notice(
                    request, new Notice(400, "Not done", refused.mistakes().general(), "Nothing was changed.", false));
        }
        return Pages.notice(request, Notice.NO_SUCH_STUDENT);
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
        var student = Json.read(reading.told().body(), Student.class);
        var form = new FormView(id, typed, reader.types(request.trace()), student.isChangeable(), mistakes, token);
        List<HistoryEntry> history = student.isChangeable() ? reader.history(id, request.trace()) : List.of();
        var page = new StudentPage(student, form, history, Chart.of(student.grades()), reading.note());
        return Pages.answer(request, status, "gradebook/student", page);
    }

    private static Answer unsent(Posted posted, int status, String reason, boolean isSurelyNotStored, FormView form) {
        var page = new UnsentPage(status, reason, isSurelyNotStored, form);
        return Pages.answer(posted.request(), status, "gradebook/unsent", page);
    }

    /** A page, and of what it was made. */
    private record Made(Told from, Page page) {}
}

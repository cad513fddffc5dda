package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.AgainPage;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Posted;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.Map;

/** Who comes, who leaves, what they are called, and what was changed by mistake. */
final class PersonRoutes {
    private static final String JSON = "application/json";

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;

    PersonRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .post("/students", Guarded.page(forms.posted(this::enrol)))
                .get("/students/new", this::newcomer)
                .get("/students/{id}/name", Guarded.page(this::name))
                .post("/students/{id}/name", Guarded.page(forms.posted(this::rename)))
                .post("/students/{id}/withdraw", Guarded.page(forms.posted(posted -> leave(posted, true))))
                .post("/students/{id}/restore", Guarded.page(forms.posted(posted -> leave(posted, false))))
                .post("/students/{id}/history/{entry}/undo", Guarded.page(forms.posted(this::undo)));
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
}

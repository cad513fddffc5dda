package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
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
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of one grade: change, excuse, comment, delete. */
final class GradePageRoutes {
    private static final String JSON = "application/json";
    private static final ProblemPage NO_SUCH_GRADE =
            ProblemPage.gone("No such grade", "It was deleted, or never was.", "The student's history tells.");

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;

    GradePageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students/{id}/grades/{grade}", GradingFallback.page(this::show))
                .post("/students/{id}/grades/{grade}", GradingFallback.page(forms.posted(this::change)))
                .post("/students/{id}/grades/{grade}/delete", GradingFallback.page(forms.posted(this::delete)));
    }

    private Response show(Request request) throws IOException {
        var place = Place.of(request);
        var student = reader.student(request);
        var grade = reader.grade(place.student(), place.grade(), request.trace());
        if (student.isEmpty() || grade.isEmpty()) {
            return Pages.notice(request, NO_SUCH_GRADE);
        }
        var page = GradePage.of(student.get(), grade.get(), ValidationErrors.NONE, forms.newToken());
        return Pages.response(request, 200, "gradebook/grade", page);
    }

    private Response change(FormSubmission formSubmission) throws IOException {
        var request = formSubmission.request();
        var place = Place.of(request);
        var typed = GradeChange.of(formSubmission);
        if (!typed.validate().isEmpty()) {
            return again(formSubmission, place, typed, typed.validate());
        }
        var changeOutcome = grading.changeIf(
                place.path(),
                typed.version(),
                ClientRequest.put(place.path(), JSON, typed.json()),
                formSubmission.key(),
                request.trace());
        if (changeOutcome instanceof ChangeOutcome.Refused refused) {
            return again(formSubmission, place, typed, refused.errors());
        }
        return changeOutcome instanceof ChangeOutcome.Changed changed
                ? conflict(formSubmission, place, changed.response(), typed)
                : finish(formSubmission, place, changeOutcome);
    }

    private Response delete(FormSubmission formSubmission) throws IOException {
        var place = Place.of(formSubmission.request());
        var version = Ids.orZero(formSubmission.field("Version"));
        var changeOutcome = grading.changeIf(
                place.path(),
                version,
                ClientRequest.delete(place.path(), JSON, new byte[0]),
                formSubmission.key(),
                formSubmission.request().trace());
        if (!(changeOutcome instanceof ChangeOutcome.Changed changed)) {
            return finish(formSubmission, place, changeOutcome);
        }
        var theirs = Json.read(changed.response().body(), Grade.class);
        var rows = List.of(new ConflictPage.Row("Score", theirs.scoreText(), "deleted"));
        return conflict(formSubmission, place, theirs, rows);
    }

    private static Response finish(FormSubmission formSubmission, Place place, ChangeOutcome changeOutcome) {
        var request = formSubmission.request();
        if (changeOutcome instanceof ChangeOutcome.Done) {
            return Response.seeOther("/students/" + place.student());
        }
        if (changeOutcome instanceof ChangeOutcome.Failed failed) {
            return Pages.response(
                    request,
                    503,
                    "page/again",
                    ResubmitPage.ofFailure(formSubmission, failed.isSurelyNotDone(), failed.reason()));
        }
        if (changeOutcome instanceof ChangeOutcome.Refused refused) {
            return Pages.notice(
                    request,
                    new ProblemPage(400, "Not done", refused.errors().general(), "Nothing was changed.", false));
        }
        return Pages.notice(request, NO_SUCH_GRADE);
    }

    private Response again(
            FormSubmission formSubmission, Place place, GradeChange typed, ValidationErrors validationErrors)
            throws IOException {
        var student = reader.student(formSubmission.request());
        var grade = reader.grade(
                place.student(), place.grade(), formSubmission.request().trace());
        if (student.isEmpty() || grade.isEmpty()) {
            return Pages.notice(formSubmission.request(), NO_SUCH_GRADE);
        }
        var page = new GradePage(student.get(), grade.get(), typed, validationErrors, formSubmission.token());
        return Pages.response(formSubmission.request(), 400, "gradebook/grade", page);
    }

    private static Response conflict(
            FormSubmission formSubmission, Place place, ClientResponse clientResponse, GradeChange typed)
            throws IOException {
        var theirs = Json.read(clientResponse.body(), Grade.class);
        var rows = List.of(
                new ConflictPage.Row("Score", theirs.scoreText(), typed.score()),
                new ConflictPage.Row("Excused", yesOrNo(theirs.isExcused()), yesOrNo(typed.isExcused())),
                new ConflictPage.Row("Comment", theirs.comment(), typed.comment()));
        return conflict(formSubmission, place, theirs, rows);
    }

    private static Response conflict(
            FormSubmission formSubmission, Place place, Grade theirs, List<ConflictPage.Row> rows) {
        var mine = new LinkedHashMap<>(formSubmission.fields());
        mine.put("Version", Long.toString(theirs.version()));
        // keeping one's own value means sending it, even if it is the one shown
        mine.remove(GradeChange.SHOWN);
        var page = new ConflictPage(
                theirs.title(),
                rows,
                formSubmission.request().path(),
                mine,
                formSubmission.token(),
                "/students/" + place.student());
        return Pages.response(formSubmission.request(), 409, "gradebook/conflict", page);
    }

    private static String yesOrNo(boolean is) {
        return is ? "yes" : "no";
    }

    /** The grade that a request names; 0 stands for a malformed id. */
    private record Place(long student, long grade) {
        static Place of(Request request) {
            return new Place(
                    Ids.of(request, "id").orElse(0), Ids.of(request, "grade").orElse(0));
        }

        String path() {
            return "/students/" + student + "/grades/" + grade;
        }
    }

    /**
     * The form to change a grade, as typed.
     *
     * @param shown the score that the form was shown with; if unchanged, it is valid and isn't sent
     */
    record GradeChange(String score, String shown, String comment, boolean isExcused, long version) {
        static final String SHOWN = "Shown";

        static GradeChange of(FormSubmission formSubmission) {
            return new GradeChange(
                    formSubmission.field(GradeForm.SCORE),
                    formSubmission.field(SHOWN),
                    formSubmission.field(GradeForm.COMMENT),
                    formSubmission.fields().containsKey("Excused"),
                    Ids.orZero(formSubmission.field("Version")));
        }

        ValidationErrors validate() {
            var isMissing = score.isEmpty() && isExcused;
            return isMissing || isKept() || GradeForm.isScore(score)
                    ? ValidationErrors.NONE
                    : new ValidationErrors(Map.of(GradeForm.SCORE, GradeForm.SCORE_RULE), "");
        }

        private boolean isKept() {
            return !score.isEmpty() && score.equals(shown);
        }

        byte[] json() {
            var fields = new LinkedHashMap<String, Object>();
            if (!score.isEmpty() && !isKept()) {
                fields.put(GradeForm.SCORE, new BigDecimal(score));
            }
            fields.put(GradeForm.COMMENT, comment);
            fields.put("Excused", isExcused);
            return Json.bytes(fields);
        }
    }

    /** A grade with the form that changes it. */
    record GradePage(Student student, Grade grade, GradeChange typed, ValidationErrors errors, String token) {
        static GradePage of(Student student, Grade grade, ValidationErrors validationErrors, String token) {
            var typed = new GradeChange(
                    grade.scoreField(), grade.scoreField(), grade.comment(), grade.isExcused(), grade.version());
            return new GradePage(student, grade, typed, validationErrors, token);
        }
    }
}

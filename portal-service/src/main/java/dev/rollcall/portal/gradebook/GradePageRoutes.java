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

    private Response change(FormSubmission submission) throws IOException {
        var request = submission.request();
        var place = Place.of(request);
        var typed = GradeChange.of(submission);
        if (!typed.validate().isEmpty()) {
            return again(submission, place, typed, typed.validate());
        }
        var outcome = grading.changeIf(
                place.path(), typed.version(), ClientRequest.put(place.path(), JSON, typed.json()), submission);
        return responses(submission, place)
                .refused(refused -> again(submission, place, typed, refused.errors()))
                .changed(changed -> conflict(submission, place, changed.response(), typed))
                .to(outcome);
    }

    private Response delete(FormSubmission submission) throws IOException {
        var place = Place.of(submission.request());
        var version = Ids.orZero(submission.field("Version"));
        var outcome = grading.changeIf(
                place.path(), version, ClientRequest.delete(place.path(), JSON, new byte[0]), submission);
        return responses(submission, place)
                .changed(changed -> {
                    var theirs = Json.read(changed.response().body(), Grade.class);
                    var rows = List.of(new ConflictPage.Row("Score", theirs.scoreText(), "deleted"));
                    return conflict(submission, place, theirs, rows);
                })
                .to(outcome);
    }

    private static ChangeResponses responses(FormSubmission submission, Place place) {
        return new ChangeResponses(submission, "/students/" + place.student(), NO_SUCH_GRADE);
    }

    private Response again(FormSubmission submission, Place place, GradeChange typed, ValidationErrors errors)
            throws IOException {
        var student = reader.student(submission.request());
        var grade = reader.grade(
                place.student(), place.grade(), submission.request().trace());
        if (student.isEmpty() || grade.isEmpty()) {
            return Pages.notice(submission.request(), NO_SUCH_GRADE);
        }
        var page = new GradePage(student.get(), grade.get(), typed, errors, submission.token());
        return Pages.response(submission.request(), 400, "gradebook/grade", page);
    }

    private static Response conflict(
            FormSubmission submission, Place place, ClientResponse clientResponse, GradeChange typed)
            throws IOException {
        var theirs = Json.read(clientResponse.body(), Grade.class);
        var rows = List.of(
                new ConflictPage.Row("Score", theirs.scoreText(), typed.score()),
                new ConflictPage.Row("Excused", yesOrNo(theirs.isExcused()), yesOrNo(typed.isExcused())),
                new ConflictPage.Row("Comment", theirs.comment(), typed.comment()));
        return conflict(submission, place, theirs, rows);
    }

    private static Response conflict(
            FormSubmission submission, Place place, Grade theirs, List<ConflictPage.Row> rows) {
        var mine = new LinkedHashMap<>(submission.fields());
        mine.put("Version", Long.toString(theirs.version()));
        // keeping one's own value means sending it, even if it is the one shown
        mine.remove(GradeChange.SHOWN);
        var page = new ConflictPage(
                theirs.title(),
                rows,
                submission.request().path(),
                mine,
                submission.token(),
                "/students/" + place.student());
        return Pages.response(submission.request(), 409, "gradebook/conflict", page);
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

        static GradeChange of(FormSubmission submission) {
            return new GradeChange(
                    submission.field(GradeForm.SCORE),
                    submission.field(SHOWN),
                    submission.field(GradeForm.COMMENT),
                    submission.fields().containsKey("Excused"),
                    Ids.orZero(submission.field("Version")));
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
        static GradePage of(Student student, Grade grade, ValidationErrors errors, String token) {
            var typed = new GradeChange(
                    grade.scoreField(), grade.scoreField(), grade.comment(), grade.isExcused(), grade.version());
            return new GradePage(student, grade, typed, errors, token);
        }
    }
}

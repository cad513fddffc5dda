package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.Reply;
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
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One grade: change, excuse, comment, delete. */
final class GradeRoutes {
    private static final String JSON = "application/json";
    private static final Notice NO_SUCH_GRADE =
            Notice.gone("No such grade", "It was deleted, or never was.", "The student's history tells.");

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;

    GradeRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students/{id}/grades/{grade}", Guarded.page(this::show))
                .post("/students/{id}/grades/{grade}", Guarded.page(forms.posted(this::change)))
                .post("/students/{id}/grades/{grade}/delete", Guarded.page(forms.posted(this::delete)));
    }

    private Answer show(Request request) throws IOException {
        var place = Place.of(request);
        var student = reader.student(request);
        var grade = reader.grade(place.student(), place.grade(), request.trace());
        if (student.isEmpty() || grade.isEmpty()) {
            return Pages.notice(request, NO_SUCH_GRADE);
        }
        var page = GradePage.of(student.get(), grade.get(), Mistakes.NONE, forms.freshToken());
        return Pages.answer(request, 200, "gradebook/grade", page);
    }

    private Answer change(Posted posted) throws IOException {
        var request = posted.request();
        var place = Place.of(request);
        var typed = GradeChange.of(posted);
        if (!typed.mistakes().areNone()) {
            return again(posted, place, typed, typed.mistakes());
        }
        var outcome = grading.changeIf(
                place.path(),
                typed.version(),
                Call.put(place.path(), JSON, typed.json()),
                posted.key(),
                request.trace());
        if (outcome instanceof Outcome.Refused refused) {
            return again(posted, place, typed, refused.mistakes());
        }
        return outcome instanceof Outcome.Changed changed
                ? conflict(posted, place, changed.reply(), typed)
                : finish(posted, place, outcome);
    }

    private Answer delete(Posted posted) throws IOException {
        var place = Place.of(posted.request());
        var version = Ids.orZero(posted.field("Version"));
        var outcome = grading.changeIf(
                place.path(),
                version,
                Call.delete(place.path(), JSON, new byte[0]),
                posted.key(),
                posted.request().trace());
        if (!(outcome instanceof Outcome.Changed changed)) {
            return finish(posted, place, outcome);
        }
        var theirs = Json.read(changed.reply().body(), Grade.class);
        var rows = List.of(new ConflictPage.Row("Score", theirs.scoreText(), "deleted"));
        return conflict(posted, place, theirs, rows);
    }

    private static Answer finish(Posted posted, Place place, Outcome outcome) {
        var request = posted.request();
        if (outcome instanceof Outcome.Done) {
            return Answer.seeOther("/students/" + place.student());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Pages.answer(
                    request, 503, "page/again", AgainPage.ofFailure(posted, failed.isSurelyNotDone(), failed.reason()));
        }
        if (outcome instanceof Outcome.Refused refused) {
            return Pages.notice(
                    request, new Notice(400, "Not done", refused.mistakes().general(), "Nothing was changed.", false));
        }
        return Pages.notice(request, NO_SUCH_GRADE);
    }

    private Answer again(Posted posted, Place place, GradeChange typed, Mistakes mistakes) throws IOException {
        var student = reader.student(posted.request());
        var grade =
                reader.grade(place.student(), place.grade(), posted.request().trace());
        if (student.isEmpty() || grade.isEmpty()) {
            return Pages.notice(posted.request(), NO_SUCH_GRADE);
        }
        var page = new GradePage(student.get(), grade.get(), typed, mistakes, posted.token());
        return Pages.answer(posted.request(), 400, "gradebook/grade", page);
    }

    private static Answer conflict(Posted posted, Place place, Reply reply, GradeChange typed) throws IOException {
        var theirs = Json.read(reply.body(), Grade.class);
        var rows = List.of(
                new ConflictPage.Row("Score", theirs.scoreText(), typed.score()),
                new ConflictPage.Row("Excused", yes(theirs.isExcused()), yes(typed.isExcused())),
                new ConflictPage.Row("Comment", theirs.comment(), typed.comment()));
        return conflict(posted, place, theirs, rows);
    }

    private static Answer conflict(Posted posted, Place place, Grade theirs, List<ConflictPage.Row> rows) {
        var mine = new LinkedHashMap<>(posted.fields());
        mine.put("Version", Long.toString(theirs.version()));
        // to keep one's own is to send it, though it is what was shown
        mine.remove(GradeChange.SHOWN);
        var page = new ConflictPage(
                theirs.title(), rows, posted.request().path(), mine, posted.token(), "/students/" + place.student());
        return Pages.answer(posted.request(), 409, "gradebook/conflict", page);
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    /** Which grade a request is about; 0 stands for what is no number. */
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
     * What was typed to change a grade.
     *
     * @param shown the score that the form came with; if it is still that one, it is right and isn't sent
     */
    record GradeChange(String score, String shown, String comment, boolean isExcused, long version) {
        static final String SHOWN = "Shown";

        static GradeChange of(Posted posted) {
            return new GradeChange(
                    posted.field(GradeForm.SCORE),
                    posted.field(SHOWN),
                    posted.field(GradeForm.COMMENT),
                    posted.fields().containsKey("Excused"),
                    Ids.orZero(posted.field("Version")));
        }

        Mistakes mistakes() {
            var isMissing = score.isEmpty() && isExcused;
            return isMissing || isKept() || GradeForm.isScore(score)
                    ? Mistakes.NONE
                    : new Mistakes(Map.of(GradeForm.SCORE, GradeForm.SCORE_RULE), "");
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

    /** A grade, and the form that changes it. */
    record GradePage(Student student, Grade grade, GradeChange typed, Mistakes mistakes, String token) {
        static GradePage of(Student student, Grade grade, Mistakes mistakes, String token) {
            var typed = new GradeChange(
                    grade.scoreField(), grade.scoreField(), grade.comment(), grade.isExcused(), grade.version());
            return new GradePage(student, grade, typed, mistakes, token);
        }
    }
}

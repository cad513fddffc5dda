package dev.rollcall.grading;

import dev.rollcall.grading.book.GradeEdit;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.Versions;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grades over HTTP. */
final class GradeRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(GradeRoutes.class);
    private static final String ALL = "/students/{id}/grades";
    private static final String ONE = ALL + "/{grade}";

    private final Gradebook gradebook;

    GradeRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .post(ALL, Responses.by(this::add))
                .get(ONE, Responses.by(this::one))
                .with("PUT", ONE, Responses.by(this::edit))
                .delete(ONE, Responses.by(this::remove))
                .post(ONE + "/excuse", Responses.by(this::excuse))
                .with("PUT", "/students/{id}/items/{item}", Responses.by(this::fill));
    }

    /** The body is read as JSON whatever Content-Type it comes with: {@code curl -d} sends that of a form. */
    private Response add(Request request) throws IOException {
        var student = RequestParams.student(request);
        var body = request.body();
        var jsonFields = JsonFields.of(body);
        var grade = SubmittedGrade.of(jsonFields);
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        var changeResult = gradebook
                .marking()
                .add(
                        author,
                        RequestParams.key(request, body),
                        student,
                        grade.title(),
                        grade.type(),
                        grade.score(),
                        grade.comment());
        LOG.atInfo()
                .addKeyValue("student", student)
                .addKeyValue("type", grade.type().wireName())
                .addKeyValue("score", grade.score().value())
                .log("added grade {} to student {}", onOneLine(grade.title()), student);
        return Responses.reply(changeResult);
    }

    private Response one(Request request) {
        var student = RequestParams.student(request);
        var roster = gradebook.rosterWith(student);
        var grade = roster.grade(student, RequestParams.grade(request))
                .orElseThrow(() -> ProblemException.notFound(
                        "this student has no grade of this id; GET /students/{id} lists them"));
        return Responses.tagged(request, grade.version() + "." + roster.revision(), () -> Response.json(200, grade));
    }

    private Response edit(Request request) throws IOException {
        var student = RequestParams.student(request);
        var grade = RequestParams.grade(request);
        var versions = EntityTags.required(request);
        var jsonFields = JsonFields.of(request.body());
        var edit = edit(jsonFields);
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        return Responses.reply(gradebook.marking().edit(author, student, grade, versions, edit));
    }

    private Response remove(Request request) {
        var student = RequestParams.student(request);
        var grade = RequestParams.grade(request);
        return Responses.reply(gradebook
                .marking()
                .remove(RequestParams.author(request), student, grade, EntityTags.required(request)));
    }

    private Response excuse(Request request) throws IOException {
        var student = RequestParams.student(request);
        var grade = RequestParams.grade(request);
        var versions = EntityTags.required(request);
        var jsonFields = JsonFields.of(request.body());
        var excused = jsonFields.truth("Excused");
        if (excused.isEmpty()) {
            jsonFields.wrong("Excused", "must be true or false");
        }
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        var edit = new GradeEdit(Optional.empty(), excused, Optional.empty());
        return Responses.reply(gradebook.marking().edit(author, student, grade, versions, edit));
    }

    private Response fill(Request request) throws IOException {
        var student = RequestParams.student(request);
        var item = RequestParams.item(request, "item");
        var versions = seen(request);
        var jsonFields = JsonFields.of(request.body());
        var edit = edit(jsonFields);
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        return Responses.reply(gradebook.marking().fill(author, student, item, versions, edit));
    }

    /** Which versions of a cell's grade its changer has seen; empty if there was none. */
    private static Optional<Versions> seen(Request request) {
        var versions = EntityTags.ifMatch(request);
        if (versions.isEmpty() && !EntityTags.isForNew(request)) {
            throw new ProblemException(Problem.of(
                    428,
                    "Precondition required",
                    "send If-Match with the ETag or the Version of the grade you have seen, or If-None-Match: * if there"
                            + " was none"));
        }
        return versions;
    }

    private static GradeEdit edit(JsonFields jsonFields) {
        var edit = new GradeEdit(jsonFields.optionalScore("Score"), jsonFields.truth("Excused"), jsonFields.comment());
        if (edit.isEmpty()) {
            jsonFields.wrong("Score", "or Excused or Comment must be there");
        }
        return edit;
    }

    /** A title may hold line ends and other control characters, with which it could pass for another log line. */
    private static String onOneLine(String title) {
        return title.chars().noneMatch(Character::isISOControl) ? title : title.replaceAll("\\p{Cc}", "?");
    }
}

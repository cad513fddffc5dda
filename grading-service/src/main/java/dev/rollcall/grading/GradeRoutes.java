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

/** The HTTP routes for grades. */
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
                .post(ALL, Responses.mapErrors(this::add))
                .get(ONE, Responses.mapErrors(this::one))
                .with("PUT", ONE, Responses.mapErrors(this::edit))
                .delete(ONE, Responses.mapErrors(this::remove))
                .post(ONE + "/excuse", Responses.mapErrors(this::excuse))
                .with("PUT", "/students/{id}/items/{item}", Responses.mapErrors(this::fill));
    }

    /** Reads the body as JSON whatever its Content-Type: {@code curl -d} sends that of a form. */
    private Response add(Request request) throws IOException {
        var student = RequestParams.student(request);
        var body = request.body();
        var fields = JsonFields.of(body);
        var grade = SubmittedGrade.from(fields);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        var result = gradebook
                .grades()
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
        return Responses.from(result);
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
        var fields = JsonFields.of(request.body());
        var edit = edit(fields);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.grades().edit(author, student, grade, versions, edit));
    }

    private Response remove(Request request) {
        var student = RequestParams.student(request);
        var grade = RequestParams.grade(request);
        return Responses.from(
                gradebook.grades().remove(RequestParams.author(request), student, grade, EntityTags.required(request)));
    }

    private Response excuse(Request request) throws IOException {
        var student = RequestParams.student(request);
        var grade = RequestParams.grade(request);
        var versions = EntityTags.required(request);
        var fields = JsonFields.of(request.body());
        var excused = fields.bool("Excused");
        if (excused.isEmpty()) {
            fields.reject("Excused", "must be true or false");
        }
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        var edit = new GradeEdit(Optional.empty(), excused, Optional.empty());
        return Responses.from(gradebook.grades().edit(author, student, grade, versions, edit));
    }

    private Response fill(Request request) throws IOException {
        var student = RequestParams.student(request);
        var item = RequestParams.item(request, "item");
        var versions = cellVersions(request);
        var fields = JsonFields.of(request.body());
        var edit = edit(fields);
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.grades().fill(author, student, item, versions, edit));
    }

    /** Returns the versions of the cell's grade that the client has seen; empty if it saw none. */
    private static Optional<Versions> cellVersions(Request request) {
        var versions = EntityTags.ifMatch(request);
        if (versions.isEmpty() && !EntityTags.isCreateOnly(request)) {
            throw new ProblemException(Problem.of(
                    428,
                    "Precondition required",
                    "send If-Match with the ETag or the Version of the grade you have seen, or If-None-Match: * if there"
                            + " was none"));
        }
        return versions;
    }

    private static GradeEdit edit(JsonFields fields) {
        var edit = new GradeEdit(fields.optionalScore("Score"), fields.bool("Excused"), fields.comment());
        if (edit.isEmpty()) {
            fields.reject("Score", "or Excused or Comment must be there");
        }
        return edit;
    }

    /** Replaces control characters: a title with line ends could forge another log line. */
    private static String onOneLine(String title) {
        return title.chars().noneMatch(Character::isISOControl) ? title : title.replaceAll("\\p{Cc}", "?");
    }
}

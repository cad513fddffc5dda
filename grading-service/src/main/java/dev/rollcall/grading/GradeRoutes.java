package dev.rollcall.grading;

import dev.rollcall.grading.book.GradeEdit;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.Versions;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
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
                .post(ALL, Told.by(this::add))
                .get(ONE, Told.by(this::one))
                .with("PUT", ONE, Told.by(this::edit))
                .delete(ONE, Told.by(this::remove))
                .post(ONE + "/excuse", Told.by(this::excuse))
                .with("PUT", "/students/{id}/items/{item}", Told.by(this::fill));
    }

    /** The body is read as JSON whatever Content-Type it comes with: {@code curl -d} sends that of a form. */
    private Answer add(Request request) throws IOException {
        var student = Asked.student(request);
        var body = request.body();
        var fields = Fields.of(body);
        var grade = SubmittedGrade.of(fields);
        var author = Asked.author(request, fields.why());
        fields.check();
        var reply = gradebook
                .marking()
                .add(
                        author,
                        Asked.key(request, body),
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
        return Told.reply(reply);
    }

    private Answer one(Request request) {
        var student = Asked.student(request);
        var roster = gradebook.rosterWith(student);
        var grade = roster.grade(student, Asked.grade(request))
                .orElseThrow(() -> ProblemException.notFound(
                        "this student has no grade of this id; GET /students/{id} lists them"));
        return Told.tagged(request, grade.version() + "." + roster.revision(), () -> Answer.json(200, grade));
    }

    private Answer edit(Request request) throws IOException {
        var student = Asked.student(request);
        var grade = Asked.grade(request);
        var versions = Tags.required(request);
        var fields = Fields.of(request.body());
        var edit = edit(fields);
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.marking().edit(author, student, grade, versions, edit));
    }

    private Answer remove(Request request) {
        var student = Asked.student(request);
        var grade = Asked.grade(request);
        return Told.reply(gradebook.marking().remove(Asked.author(request), student, grade, Tags.required(request)));
    }

    private Answer excuse(Request request) throws IOException {
        var student = Asked.student(request);
        var grade = Asked.grade(request);
        var versions = Tags.required(request);
        var fields = Fields.of(request.body());
        var excused = fields.truth("Excused");
        if (excused.isEmpty()) {
            fields.wrong("Excused", "must be true or false");
        }
        var author = Asked.author(request, fields.why());
        fields.check();
        var edit = new GradeEdit(Optional.empty(), excused, Optional.empty());
        return Told.reply(gradebook.marking().edit(author, student, grade, versions, edit));
    }

    private Answer fill(Request request) throws IOException {
        var student = Asked.student(request);
        var item = Asked.item(request, "item");
        var versions = seen(request);
        var fields = Fields.of(request.body());
        var edit = edit(fields);
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.marking().fill(author, student, item, versions, edit));
    }

    /** Which versions of a cell's grade its changer has seen; empty if there was none. */
    private static Optional<Versions> seen(Request request) {
        var versions = Tags.ifMatch(request);
        if (versions.isEmpty() && !Tags.isForNew(request)) {
            throw new ProblemException(Problem.of(
                    428,
                    "Precondition required",
                    "send If-Match with the ETag or the Version of the grade you have seen, or If-None-Match: * if there"
                            + " was none"));
        }
        return versions;
    }

    private static GradeEdit edit(Fields fields) {
        var edit = new GradeEdit(fields.optionalScore("Score"), fields.truth("Excused"), fields.comment());
        if (edit.isEmpty()) {
            fields.wrong("Score", "or Excused or Comment must be there");
        }
        return edit;
    }

    /** A title may hold line ends and other control characters, with which it could pass for another log line. */
    private static String onOneLine(String title) {
        return title.chars().noneMatch(Character::isISOControl) ? title : title.replaceAll("\\p{Cc}", "?");
    }
}

package dev.rollcall.grading;

import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Problem;
import java.io.IOException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gradebook over HTTP: the plain layer of the protocol. */
final class StudentRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(StudentRoutes.class);
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,8}");

    private final Gradebook gradebook;

    private StudentRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    /** The routes that a gradebook is reached by. */
    static Routes over(Gradebook gradebook) {
        var students = new StudentRoutes(gradebook);
        return Routes.NONE
                .get("/students", students::all)
                .get("/students/{id}", students::one)
                .post("/students/{id}/grades", students::add);
    }

    private Answer all(Request request) {
        return Answer.json(200, gradebook.students());
    }

    private Answer one(Request request) {
        var student = gradebook.student(id(request)).orElseThrow(StudentRoutes::unknown);
        return Answer.json(200, student);
    }

    /** The body is read as JSON whatever Content-Type it comes with: {@code curl -d} sends that of a form. */
    private Answer add(Request request) throws IOException {
        var id = id(request);
        var checked = request.json(SubmittedGrade.class).check();
        if (checked instanceof SubmittedGrade.Wrong wrong) {
            throw ProblemException.invalidFields(wrong.errors());
        }
        var addition = gradebook.add(id, ((SubmittedGrade.Right) checked).grade());
        if (addition instanceof Gradebook.NoSuchStudent) {
            throw unknown();
        }
        if (addition instanceof Gradebook.Full) {
            throw new ProblemException(Problem.of(507, "Gradebook full", "the gradebook has no room for more grades"));
        }
        var grade = ((Gradebook.Added) addition).grade();
        LOG.atInfo()
                .addKeyValue("student", id)
                .addKeyValue("type", grade.type().wireName())
                .addKeyValue("score", grade.score().value())
                .log("added grade {} to student {}", onOneLine(grade.title()), id);
        return Answer.json(201, grade);
    }

    private static int id(Request request) {
        var text = request.pathValue("id");
        if (!ID.matcher(text).matches()) {
            throw unknown();
        }
        return Integer.parseInt(text);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("there is no student of this id; GET /students lists them");
    }

    /** A title may hold line ends and other control characters, with which it could pass for another log line. */
    private static String onOneLine(String title) {
        return title.chars().noneMatch(Character::isISOControl) ? title : title.replaceAll("\\p{Cc}", "?");
    }
}

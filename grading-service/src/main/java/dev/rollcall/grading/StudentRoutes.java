package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.io.IOException;

/** Students over HTTP: the plain list and the pages, one of them, and their coming and going. */
final class StudentRoutes {
    private static final String ONE = "/students/{id}";

    private final Gradebook gradebook;
    private final PlainList plain;

    StudentRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
        this.plain = new PlainList(gradebook);
    }

    Routes routes() {
        return Routes.NONE
                .get("/students", Responses.by(this::list))
                .post("/students", Responses.by(this::add))
                .get(ONE, Responses.by(this::one))
                .with("PUT", ONE, Responses.by(this::rename))
                .delete(ONE, Responses.by(request -> withdraw(request, true)))
                .post(ONE + "/restore", Responses.by(request -> withdraw(request, false)));
    }

    private Response list(Request request) {
        if (!RosterPage.isAsked(request)) {
            return plain.answer(request);
        }
        var rosterPage = RosterPage.of(request);
        var roster = gradebook.roster();
        var total = roster.count(rosterPage.query());
        var response = Responses.tagged(
                request,
                roster.revision(),
                () -> Response.json(200, roster.students(rosterPage.query(), rosterPage.from(), rosterPage.size())));
        return rosterPage.on(response, request, total);
    }

    private Response one(Request request) {
        var id = RequestParams.student(request);
        var roster = gradebook.rosterWith(id);
        var student = roster.student(id)
                .orElseThrow(
                        () -> ProblemException.notFound("there is no student of this id; GET /students lists them"));
        return Responses.tagged(
                request, student.version() + "." + roster.revision(), () -> Response.json(200, student));
    }

    private Response add(Request request) throws IOException {
        var body = request.body();
        var jsonFields = JsonFields.of(body);
        var firstName = jsonFields.name("FirstName");
        var lastName = jsonFields.name("LastName");
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        return Responses.reply(
                gradebook.enrolments().add(author, RequestParams.key(request, body), firstName, lastName));
    }

    private Response rename(Request request) throws IOException {
        var student = RequestParams.student(request);
        var versions = EntityTags.required(request);
        var jsonFields = JsonFields.of(request.body());
        var firstName = jsonFields.name("FirstName");
        var lastName = jsonFields.name("LastName");
        var author = RequestParams.author(request, jsonFields.why());
        jsonFields.check();
        return Responses.reply(gradebook.enrolments().rename(author, student, versions, firstName, lastName));
    }

    private Response withdraw(Request request, boolean withdrawn) {
        var student = RequestParams.student(request);
        return Responses.reply(gradebook
                .enrolments()
                .withdraw(RequestParams.author(request), student, EntityTags.required(request), withdrawn));
    }
}

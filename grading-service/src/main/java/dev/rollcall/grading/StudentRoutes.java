package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.io.IOException;

/** The HTTP routes for students: the plain list, pages, single students and their changes. */
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
                .get("/students", Responses.mapErrors(this::list))
                .post("/students", Responses.mapErrors(this::add))
                .get(ONE, Responses.mapErrors(this::one))
                .with("PUT", ONE, Responses.mapErrors(this::rename))
                .delete(ONE, Responses.mapErrors(request -> withdraw(request, true)))
                .post(ONE + "/restore", Responses.mapErrors(request -> withdraw(request, false)));
    }

    private Response list(Request request) {
        if (!RosterPage.isRequested(request)) {
            return plain.respond(request);
        }
        var page = RosterPage.of(request);
        var roster = gradebook.roster();
        var total = roster.count(page.query());
        var response = Responses.tagged(
                request,
                roster.revision(),
                () -> Response.json(200, roster.students(page.query(), page.from(), page.size())));
        return page.withLinks(response, request, total);
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
        var fields = JsonFields.of(body);
        var firstName = fields.name("FirstName");
        var lastName = fields.name("LastName");
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.students().add(author, RequestParams.key(request, body), firstName, lastName));
    }

    private Response rename(Request request) throws IOException {
        var student = RequestParams.student(request);
        var versions = EntityTags.required(request);
        var fields = JsonFields.of(request.body());
        var firstName = fields.name("FirstName");
        var lastName = fields.name("LastName");
        var author = RequestParams.author(request, fields.reason());
        fields.check();
        return Responses.from(gradebook.students().rename(author, student, versions, firstName, lastName));
    }

    private Response withdraw(Request request, boolean withdrawn) {
        var student = RequestParams.student(request);
        return Responses.from(gradebook
                .students()
                .withdraw(RequestParams.author(request), student, EntityTags.required(request), withdrawn));
    }
}

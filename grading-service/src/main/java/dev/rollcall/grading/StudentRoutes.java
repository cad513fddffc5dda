package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
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
                .get("/students", Told.by(this::list))
                .post("/students", Told.by(this::add))
                .get(ONE, Told.by(this::one))
                .with("PUT", ONE, Told.by(this::rename))
                .delete(ONE, Told.by(request -> withdraw(request, true)))
                .post(ONE + "/restore", Told.by(request -> withdraw(request, false)));
    }

    private Answer list(Request request) {
        if (!Listing.isAsked(request)) {
            return plain.answer(request);
        }
        var listing = Listing.of(request);
        var roster = gradebook.roster();
        var total = roster.count(listing.query());
        var answer = Told.tagged(
                request,
                roster.revision(),
                () -> Answer.json(200, roster.students(listing.query(), listing.from(), listing.size())));
        return listing.on(answer, request, total);
    }

    private Answer one(Request request) {
        var id = Asked.student(request);
        var roster = gradebook.rosterWith(id);
        var student = roster.student(id)
                .orElseThrow(
                        () -> ProblemException.notFound("there is no student of this id; GET /students lists them"));
        return Told.tagged(request, student.version() + "." + roster.revision(), () -> Answer.json(200, student));
    }

    private Answer add(Request request) throws IOException {
        var body = request.body();
        var fields = Fields.of(body);
        var firstName = fields.name("FirstName");
        var lastName = fields.name("LastName");
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.enrolments().add(author, Asked.key(request, body), firstName, lastName));
    }

    private Answer rename(Request request) throws IOException {
        var student = Asked.student(request);
        var versions = Tags.required(request);
        var fields = Fields.of(request.body());
        var firstName = fields.name("FirstName");
        var lastName = fields.name("LastName");
        var author = Asked.author(request, fields.why());
        fields.check();
        return Told.reply(gradebook.enrolments().rename(author, student, versions, firstName, lastName));
    }

    private Answer withdraw(Request request, boolean withdrawn) {
        var student = Asked.student(request);
        return Told.reply(
                gradebook.enrolments().withdraw(Asked.author(request), student, Tags.required(request), withdrawn));
    }
}

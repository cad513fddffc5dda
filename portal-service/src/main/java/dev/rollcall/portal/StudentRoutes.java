package dev.rollcall.portal;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The teachers' pages: all students, one student, adding a grade. */
final class StudentRoutes {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final GradingClient grading;

    StudentRoutes(GradingClient grading) {
        this.grading = grading;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students", Pages.guarded(this::all))
                .get("/students/{id}", Pages.guarded(this::one))
                .get("/students/{id}/grades", StudentRoutes::backToStudent)
                .post("/students/{id}/grades", Pages.guarded(this::add));
    }

    private Answer all(Request request) throws IOException {
        return Pages.page(200, "students", grading.students(request.trace()));
    }

    private Answer one(Request request) throws IOException {
        var id = id(request);
        if (id.isEmpty()) {
            return Pages.notice(Notice.NO_SUCH_STUDENT);
        }
        return student(request, 200, FormView.empty(id.getAsLong()));
    }

    /** After a page that answered a post, a reload by address gets here. */
    private static Answer backToStudent(Request request) {
        var id = id(request);
        return id.isPresent() ? seeStudent(id.getAsLong()) : Pages.notice(Notice.NO_SUCH_STUDENT);
    }

    private Answer add(Request request) throws IOException {
        if (CrossSite.isFrom(request)) {
            return Pages.notice(Notice.FROM_ANOTHER_SITE);
        }
        var id = id(request);
        if (id.isEmpty()) {
            return Pages.notice(Notice.NO_SUCH_STUDENT);
        }
        var form = GradeForm.of(request.form());
        var mistakes = form.mistakes();
        return mistakes.areNone()
                ? send(request, id.getAsLong(), form)
                : again(request, new FormView(id.getAsLong(), form, mistakes));
    }

    private Answer send(Request request, long id, GradeForm form) {
        var addition = grading.add(id, form, request.trace());
        if (addition instanceof GradingClient.NoSuchStudent) {
            return Pages.notice(Notice.NO_SUCH_STUDENT);
        }
        if (addition instanceof GradingClient.Refused refused) {
            return again(request, new FormView(id, form, refused.mistakes()));
        }
        if (addition instanceof GradingClient.Failed failed) {
            var view = new FormView(id, form, Mistakes.NONE);
            return unsent(new UnsentPage(503, failed.reason(), failed.isSurelyNotStored(), view));
        }
        return seeStudent(id);
    }

    /** The student's page with what was wrong and what was typed; the form alone if there is no more to be had. */
    private Answer again(Request request, FormView form) {
        try {
            return student(request, 400, form);
        } catch (IOException e) {
            return unsent(new UnsentPage(400, "The other grades can't be shown at the moment.", true, form));
        }
    }

    private Answer student(Request request, int status, FormView form) throws IOException {
        var student = grading.student(form.studentId(), request.trace());
        return student.isPresent()
                ? Pages.page(status, "student", new StudentPage(student.get(), form))
                : Pages.notice(Notice.NO_SUCH_STUDENT);
    }

    private static Answer unsent(UnsentPage page) {
        return Pages.page(page.status(), "unsent", page);
    }

    private static Answer seeStudent(long id) {
        return Answer.seeOther("/students/" + id);
    }

    private static OptionalLong id(Request request) {
        var text = request.pathValue("id");
        return ID.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}

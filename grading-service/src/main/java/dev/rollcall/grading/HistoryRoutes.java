package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.HistoryEntry;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.util.List;

/** The HTTP routes that read the history and undo changes. */
final class HistoryRoutes {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    private final Gradebook gradebook;

    HistoryRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/history", Responses.mapErrors(this::all))
                .get("/students/{id}/history", Responses.mapErrors(this::ofStudent))
                .post("/students/{id}/history/{entry}/undo", Responses.mapErrors(this::undo));
    }

    private Response all(Request request) {
        return response(request, gradebook.changeLog().newest(before(request), limit(request)));
    }

    private Response ofStudent(Request request) {
        return response(
                request, gradebook.changeLog().newest(RequestParams.student(request), before(request), limit(request)));
    }

    private Response undo(Request request) {
        var student = RequestParams.student(request);
        var entry = RequestParams.id(
                request, "entry", () -> ProblemException.notFound("this student's history has no such entry"));
        return Responses.from(gradebook.changeLog().undo(RequestParams.author(request), student, entry));
    }

    /** Entries never change, so the newest id and the count identify the list. */
    private static Response response(Request request, List<HistoryEntry> entries) {
        var tag = entries.isEmpty() ? "0" : entries.get(0).id() + "." + entries.size();
        return Responses.tagged(request, tag, () -> Response.json(200, entries));
    }

    private static int before(Request request) {
        return request.queryNumber("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    }

    private static int limit(Request request) {
        return request.queryNumber("limit", LIMIT, 1, LIMIT_MAX);
    }
}

package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.HistoryEntry;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import java.util.List;

/** The history over HTTP, and its undoing. */
final class HistoryRoutes {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    private final Gradebook gradebook;

    HistoryRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/history", Told.by(this::all))
                .get("/students/{id}/history", Told.by(this::ofStudent))
                .post("/students/{id}/history/{entry}/undo", Told.by(this::undo));
    }

    private Answer all(Request request) {
        return answer(request, gradebook.past().newest(before(request), limit(request)));
    }

    private Answer ofStudent(Request request) {
        return answer(request, gradebook.past().newest(Asked.student(request), before(request), limit(request)));
    }

    private Answer undo(Request request) {
        var student = Asked.student(request);
        var entry =
                Asked.id(request, "entry", () -> ProblemException.notFound("this student's history has no such entry"));
        return Told.reply(gradebook.past().undo(Asked.author(request), student, entry));
    }

    /** Entries never change, so the newest one and how many there are tell the list. */
    private static Answer answer(Request request, List<HistoryEntry> entries) {
        var tag = entries.isEmpty() ? "0" : entries.get(0).id() + "." + entries.size();
        return Told.tagged(request, tag, () -> Answer.json(200, entries));
    }

    private static int before(Request request) {
        return request.queryNumber("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    }

    private static int limit(Request request) {
        return request.queryNumber("limit", LIMIT, 1, LIMIT_MAX);
    }
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.OddEntries;
import dev.rollcall.portal.page.Page;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import java.io.IOException;

/** All students, a page at a time. */
final class ClassRoutes {
    private static final long KEPT_BYTES_MAX = 16 << 20;

    private final GradingClient grading;
    private final OddEntries odd = new OddEntries();
    private final Shelf<Made> made =
            new Shelf<>(KEPT_BYTES_MAX, each -> each.page().length());

    ClassRoutes(GradingClient grading) {
        this.grading = grading;
    }

    Routes routes() {
        return Routes.NONE.get("/students", Guarded.page(this::all));
    }

    /** Made anew only when the grading service tells something else; it is asked each time. */
    private Answer all(Request request) throws IOException {
        var query = StudentsQuery.of(request);
        var path = query.at("/students");
        var reading = grading.read(path, request.trace());
        var known = made.get(reading.told().from());
        if (reading.isFresh() && known.isPresent() && known.get().from() == reading.told()) {
            return known.get().page().answer(200, request.trace());
        }
        var page = Pages.page("gradebook/students", students(query, reading));
        if (reading.isFresh()) {
            made.put(reading.told().from(), new Made(reading.told(), page));
        }
        return page.answer(200, request.trace());
    }

    private StudentsPage students(StudentsQuery query, Reading reading) throws IOException {
        var told = odd.read("GET /students", reading.told().body(), Student.class);
        var total = reading.told().total();
        return total.isPresent()
                ? new StudentsPage(
                        told, new Paging(query.page(), query.size(), total.get()), query, true, reading.note())
                : new StudentsPage(
                        ClassList.page(ClassList.standing(told), query),
                        ClassList.paging(told, query),
                        query,
                        false,
                        reading.note());
    }

    /** A page, and of what it was made. */
    private record Made(Told from, Page page) {}
}

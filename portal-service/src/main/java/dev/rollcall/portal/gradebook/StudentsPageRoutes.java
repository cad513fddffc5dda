package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.RenderedPage;
import java.io.IOException;

/** All students, a page at a time. */
final class StudentsPageRoutes {
    private static final long KEPT_BYTES_MAX = 16 << 20;

    private final GradingClient grading;
    private final LenientList odd = new LenientList();
    private final LruCache<Made> made =
            new LruCache<>(KEPT_BYTES_MAX, each -> each.page().length());

    StudentsPageRoutes(GradingClient grading) {
        this.grading = grading;
    }

    Routes routes() {
        return Routes.NONE.get("/students", GradingFallback.page(this::all));
    }

    /** Made anew only when the grading service tells something else; it is asked each time. */
    private Response all(Request request) throws IOException {
        var query = StudentsQuery.of(request);
        var path = query.at("/students");
        var fetched = grading.read(path, request.trace());
        var known = made.get(fetched.told().from());
        if (fetched.isFresh() && known.isPresent() && known.get().from() == fetched.told()) {
            return known.get().page().answer(200, request.trace());
        }
        var renderedPage = Pages.page("gradebook/students", students(query, fetched));
        if (fetched.isFresh()) {
            made.put(fetched.told().from(), new Made(fetched.told(), renderedPage));
        }
        return renderedPage.answer(200, request.trace());
    }

    private StudentsPage students(StudentsQuery query, Fetched fetched) throws IOException {
        var told = odd.read("GET /students", fetched.told().body(), Student.class);
        var total = fetched.told().total();
        return total.isPresent()
                ? new StudentsPage(
                        told, new Paging(query.page(), query.size(), total.get()), query, true, fetched.note())
                : new StudentsPage(
                        ClassList.page(ClassList.standing(told), query),
                        ClassList.paging(told, query),
                        query,
                        false,
                        fetched.note());
    }

    /** A page, and of what it was made. */
    private record Made(CachedResponse from, RenderedPage page) {}
}

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
    private static final long CACHE_BYTES_MAX = 16 << 20;

    private final GradingClient grading;
    private final LenientList lenientList = new LenientList();
    private final LruCache<CachedPage> pages =
            new LruCache<>(CACHE_BYTES_MAX, each -> each.page().length());

    StudentsPageRoutes(GradingClient grading) {
        this.grading = grading;
    }

    Routes routes() {
        return Routes.NONE.get("/students", GradingFallback.page(this::all));
    }

    /** Queries the grading service each time, and renders the page again only if the response changed. */
    private Response all(Request request) throws IOException {
        var query = StudentsQuery.of(request);
        var path = query.at("/students");
        var fetched = grading.read(path, request.trace());
        var known = pages.get(fetched.response().url());
        if (fetched.isFresh() && known.isPresent() && known.get().from() == fetched.response()) {
            return known.get().page().response(200, request.trace());
        }
        var page = Pages.page("gradebook/students", students(query, fetched));
        if (fetched.isFresh()) {
            pages.put(fetched.response().url(), new CachedPage(fetched.response(), page));
        }
        return page.response(200, request.trace());
    }

    private StudentsPage students(StudentsQuery query, Fetched fetched) throws IOException {
        var students = lenientList.read("GET /students", fetched.response().body(), Student.class);
        var total = fetched.response().total();
        return total.isPresent()
                ? new StudentsPage(
                        students, new Paging(query.page(), query.size(), total.get()), query, true, fetched.note())
                : new StudentsPage(
                        ClassList.page(ClassList.withAverages(students), query),
                        ClassList.paging(students, query),
                        query,
                        false,
                        fetched.note());
    }

    /** A page and the response from which it was rendered. */
    private record CachedPage(CachedResponse from, RenderedPage page) {}
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.UnexpectedResponseException;
import dev.rollcall.wire.Json;
import java.io.IOException;

/** The page of the grid. {@link CellRoutes} has its cells. */
final class GridPageRoutes {
    private final GradingClient grading;
    private final LenientList lenientList = new LenientList();
    private final Forms forms;

    GridPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE.get("/gradebook", GradingFallback.page(this::show));
    }

    private Response show(Request request) throws IOException {
        return Pages.response(request, 200, "gradebook/grid", page(request, StudentsQuery.of(request)));
    }

    private GridPage page(Request request, StudentsQuery query) throws IOException {
        try {
            var fetched = grading.read(query.at("/gradebook"), request.trace());
            var grid = Json.read(fetched.response().body(), Grid.class);
            var paging = new Paging(query.page(), query.size(), grid.total());
            return new GridPage(grid, paging, query, fetched.isFresh(), fetched.note(), forms.newToken());
        } catch (UnexpectedResponseException e) {
            if (e.status() != 404 && e.status() != 405) {
                throw e;
            }
        }
        // a plain service
        var fetched = grading.read("/students", request.trace());
        var grid = Grid.of(lenientList.read("GET /students", fetched.response().body(), Student.class), query);
        return new GridPage(
                grid, new Paging(query.page(), query.size(), grid.total()), query, false, fetched.note(), "");
    }
}

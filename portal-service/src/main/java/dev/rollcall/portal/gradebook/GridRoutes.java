package dev.rollcall.portal.gradebook;

import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.OddEntries;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.UnexpectedReplyException;
import dev.rollcall.wire.Json;
import java.io.IOException;

/** The grid of students and items. Its cells are {@link CellRoutes}. */
final class GridRoutes {
    private final GradingClient grading;
    private final OddEntries odd = new OddEntries();
    private final Forms forms;

    GridRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE.get("/gradebook", Guarded.page(this::show));
    }

    private Answer show(Request request) throws IOException {
        return Pages.answer(request, 200, "gradebook/grid", page(request, StudentsQuery.of(request)));
    }

    private GridPage page(Request request, StudentsQuery query) throws IOException {
        try {
            var reading = grading.read(query.at("/gradebook"), request.trace());
            var grid = Json.read(reading.told().body(), Grid.class);
            var paging = new Paging(query.page(), query.size(), grid.total());
            return new GridPage(grid, paging, query, reading.isFresh(), reading.note(), forms.freshToken());
        } catch (UnexpectedReplyException e) {
            if (e.status() != 404 && e.status() != 405) {
                throw e;
            }
        }
        // a plain service
        var reading = grading.read("/students", request.trace());
        var grid = Grid.of(odd.read("GET /students", reading.told().body(), Student.class), query);
        return new GridPage(
                grid, new Paging(query.page(), query.size(), grid.total()), query, false, reading.note(), "");
    }
}

package dev.rollcall.grading;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.GridRow;
import dev.rollcall.grading.book.Item;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import java.util.List;

/** The HTTP routes for the whole class: its statistics, and the grid of all grades. */
final class ClassRoutes {
    private final Gradebook gradebook;

    ClassRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/statistics", Responses.mapErrors(this::statistics))
                .get("/items/{id}/statistics", Responses.mapErrors(this::ofItem))
                .get("/gradebook", Responses.mapErrors(this::grid));
    }

    private Response statistics(Request request) {
        var roster = gradebook.roster();
        return Responses.tagged(request, roster.revision(), () -> Response.json(200, roster.statistics()));
    }

    private Response ofItem(Request request) {
        var id = RequestParams.item(request, "id");
        var roster = gradebook.roster();
        var statistics = roster.statistics().stream()
                .filter(each -> each.item().id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no item of this id; GET /items lists them"));
        return Responses.tagged(request, roster.revision(), () -> Response.json(200, statistics));
    }

    private Response grid(Request request) {
        var page = RosterPage.of(request);
        var roster = gradebook.roster();
        var total = roster.count(page.query());
        var response = Responses.tagged(request, roster.revision(), () -> {
            var rows = roster.rows(page.query(), page.from(), page.size());
            return Response.json(200, new Grid(roster.items(), rows, total));
        });
        return page.withLinks(response, request, total);
    }

    @JsonNaming(UpperCamelCaseStrategy.class)
    private record Grid(List<Item> items, List<GridRow> students, int total) {}
}

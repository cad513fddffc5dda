package dev.rollcall.grading;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.GridRow;
import dev.rollcall.grading.book.Item;
import dev.rollcall.http.Answer;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import java.util.List;

/** The class as a whole over HTTP: its statistics, and the grid of all grades. */
final class ClassRoutes {
    private final Gradebook gradebook;

    ClassRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/statistics", Told.by(this::statistics))
                .get("/items/{id}/statistics", Told.by(this::ofItem))
                .get("/gradebook", Told.by(this::grid));
    }

    private Answer statistics(Request request) {
        var roster = gradebook.roster();
        return Told.tagged(request, roster.revision(), () -> Answer.json(200, roster.statistics()));
    }

    private Answer ofItem(Request request) {
        var id = Asked.item(request, "id");
        var roster = gradebook.roster();
        var statistics = roster.statistics().stream()
                .filter(each -> each.item().id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("there is no item of this id; GET /items lists them"));
        return Told.tagged(request, roster.revision(), () -> Answer.json(200, statistics));
    }

    private Answer grid(Request request) {
        var listing = Listing.of(request);
        var roster = gradebook.roster();
        var total = roster.count(listing.query());
        var answer = Told.tagged(request, roster.revision(), () -> {
            var rows = roster.rows(listing.query(), listing.from(), listing.size());
            return Answer.json(200, new Grid(roster.items(), rows, total));
        });
        return listing.on(answer, request, total);
    }

    @JsonPropertyOrder({"Items", "Students", "Total"})
    private record Grid(
            @JsonProperty("Items") List<Item> items,
            @JsonProperty("Students") List<GridRow> students,
            @JsonProperty("Total") int total) {}
}

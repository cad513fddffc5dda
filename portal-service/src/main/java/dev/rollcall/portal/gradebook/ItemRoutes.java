package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.AgainPage;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.OddEntries;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Posted;
import dev.rollcall.portal.page.UnexpectedReplyException;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graded items: all, one with its statistics, and their changes. */
final class ItemRoutes {
    private static final String JSON = "application/json";
    private static final Notice NO_SUCH_ITEM =
            Notice.gone("No such item", "It was deleted, or never was.", "Choose one from the list of items.");
    private static final Notice NO_ITEMS = Notice.gone(
            "No items here",
            "This grading service knows grades, but no items of their own: it speaks the plain protocol.",
            "The students' pages have the grades.");

    private final GradingClient grading;
    private final OddEntries odd = new OddEntries();
    private final StudentReader reader;
    private final Forms forms;

    ItemRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/items", Guarded.page(this::all, NO_ITEMS))
                .post("/items", Guarded.page(forms.posted(this::add), NO_ITEMS))
                .get("/items/{id}", Guarded.page(this::one))
                .post("/items/{id}", Guarded.page(forms.posted(this::change)))
                .post("/items/{id}/delete", Guarded.page(forms.posted(this::delete)));
    }

    private Answer all(Request request) throws IOException {
        return all(request, 200, ItemForm.EMPTY, Mistakes.NONE, forms.freshToken());
    }

    private Answer all(Request request, int status, ItemForm typed, Mistakes mistakes, String token)
            throws IOException {
        var reading = grading.read("/statistics", request.trace());
        var statistics = odd.read("GET /statistics", reading.told().body(), Statistics.class);
        var types = reader.types(request.trace());
        return Pages.answer(
                request,
                status,
                "gradebook/items",
                new ItemsPage(statistics, types, typed, mistakes, reading.note(), token));
    }

    private Answer one(Request request) throws IOException {
        return one(request, 200, null, Mistakes.NONE, forms.freshToken());
    }

    private Answer one(Request request, int status, @Nullable ItemForm typed, Mistakes mistakes, String token)
            throws IOException {
        var id = Ids.of(request, "id").orElse(0);
        try {
            var reading = grading.read("/items/" + id + "/statistics", request.trace());
            var statistics = Json.read(reading.told().body(), Statistics.class);
            var form = typed == null ? ItemForm.of(statistics.item()) : typed;
            var types = reader.types(request.trace());
            return Pages.answer(
                    request,
                    status,
                    "gradebook/item",
                    new ItemPage(statistics, types, form, mistakes, reading.note(), token));
        } catch (UnexpectedReplyException e) {
            if (e.status() == 404) {
                return Pages.notice(request, NO_SUCH_ITEM);
            }
            throw e;
        }
    }

    private Answer add(Posted posted) throws IOException {
        var typed = ItemForm.of(posted);
        var outcome = typed.mistakes().areNone()
                ? grading.change(
                        Call.post("/items", JSON, typed.json()),
                        posted.key(),
                        posted.request().trace())
                : null;
        if (outcome == null) {
            return all(posted.request(), 400, typed, typed.mistakes(), posted.token());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return all(posted.request(), 400, typed, refused.mistakes(), posted.token());
        }
        return finish(posted, "/items", outcome);
    }

    private Answer change(Posted posted) throws IOException {
        var typed = ItemForm.of(posted);
        if (!typed.mistakes().areNone()) {
            return one(posted.request(), 400, typed, typed.mistakes(), posted.token());
        }
        var path = path(posted);
        var outcome = changeIf(posted, Call.put(path, JSON, typed.json()));
        if (outcome instanceof Outcome.Refused refused) {
            return one(posted.request(), 400, typed, refused.mistakes(), posted.token());
        }
        return finish(posted, path, outcome);
    }

    private Answer delete(Posted posted) throws IOException {
        var outcome = changeIf(posted, Call.delete(path(posted), JSON, new byte[0]));
        if (outcome instanceof Outcome.Refused refused) {
            return Pages.notice(
                    posted.request(),
                    new Notice(
                            409,
                            "Not deleted",
                            refused.mistakes().general(),
                            "An item that has grades stays; delete its grades first.",
                            false));
        }
        return finish(posted, "/items", outcome);
    }

    /** The list has all items and their versions; there is no address for one alone in the contract. */
    private Outcome changeIf(Posted posted, Call call) throws IOException {
        var trace = posted.request().trace();
        var version = Ids.orZero(posted.field("Version"));
        var etag = "\"" + version + "\"";
        return grading.change(call.with("If-Match", etag), posted.key(), trace);
    }

    private static String path(Posted posted) {
        return "/items/" + Ids.of(posted.request(), "id").orElse(0);
    }

    private static Answer finish(Posted posted, String next, Outcome outcome) {
        var request = posted.request();
        if (outcome instanceof Outcome.Done) {
            return Answer.seeOther(next);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Pages.answer(
                    request, 503, "page/again", AgainPage.ofFailure(posted, failed.isSurelyNotDone(), failed.reason()));
        }
        if (outcome instanceof Outcome.Changed) {
            return Pages.notice(
                    request,
                    new Notice(
                            409,
                            "Changed meanwhile",
                            "Somebody else changed this item after you opened the page; nothing was stored.",
                            "Look at it again, and then decide.",
                            false));
        }
        return Pages.notice(request, NO_SUCH_ITEM);
    }

    /** All items. */
    record ItemsPage(
            List<Statistics> items, List<String> types, ItemForm typed, Mistakes mistakes, String note, String token) {
        /** Copies. */
        ItemsPage {
            items = List.copyOf(items);
            types = List.copyOf(types);
        }
    }

    /** One item. */
    record ItemPage(
            Statistics statistics, List<String> types, ItemForm typed, Mistakes mistakes, String note, String token) {
        /** Copies. */
        ItemPage {
            types = List.copyOf(types);
        }
    }

    /** What was typed of an item. */
    record ItemForm(String title, String type, String points, long version) {
        static final ItemForm EMPTY = new ItemForm("", "", "100", 0);

        static ItemForm of(Posted posted) {
            return new ItemForm(
                    posted.field("Title"),
                    posted.field("Type"),
                    posted.field("Points"),
                    Ids.orZero(posted.field("Version")));
        }

        static ItemForm of(Item item) {
            return new ItemForm(item.title(), item.type(), item.points().toPlainString(), item.version());
        }

        Mistakes mistakes() {
            var mistakes = new LinkedHashMap<String, String>();
            if (title.isEmpty() || GradeForm.length(title) > GradeForm.TITLE_LENGTH_MAX) {
                mistakes.put("Title", "Give it a title of at most " + GradeForm.TITLE_LENGTH_MAX + " characters.");
            }
            if (!GradeForm.isScore(points) || new BigDecimal(points).signum() == 0) {
                mistakes.put("Points", "Write a number above 0, with a point before decimals, such as 100.");
            }
            return new Mistakes(mistakes, "");
        }

        byte[] json() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("Title", title);
            fields.put("Type", type);
            fields.put("Points", new BigDecimal(points));
            return Json.bytes(fields);
        }
    }
}

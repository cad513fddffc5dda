package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.LenientList;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.UnexpectedResponseException;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of the graded items: all, one with its statistics, and their changes. */
final class ItemPageRoutes {
    private static final String JSON = "application/json";
    private static final ProblemPage NO_SUCH_ITEM =
            ProblemPage.gone("No such item", "It was deleted, or never was.", "Choose one from the list of items.");
    private static final ProblemPage NO_ITEMS = ProblemPage.gone(
            "No items here",
            "This grading service knows grades, but no items of their own: it speaks the plain protocol.",
            "The students' pages have the grades.");

    private static final ProblemPage CHANGED_MEANWHILE = new ProblemPage(
            409,
            "Changed meanwhile",
            "Somebody else changed this item after you opened the page; nothing was stored.",
            "Look at it again, and then decide.",
            false);

    private final GradingClient grading;
    private final LenientList lenientList = new LenientList();
    private final StudentReader reader;
    private final Forms forms;

    ItemPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/items", GradingFallback.page(this::all, NO_ITEMS))
                .post("/items", GradingFallback.page(forms.posted(this::add), NO_ITEMS))
                .get("/items/{id}", GradingFallback.page(this::one))
                .post("/items/{id}", GradingFallback.page(forms.posted(this::change)))
                .post("/items/{id}/delete", GradingFallback.page(forms.posted(this::delete)));
    }

    private Response all(Request request) throws IOException {
        return all(request, 200, ItemForm.EMPTY, ValidationErrors.NONE, forms.newToken());
    }

    private Response all(Request request, int status, ItemForm typed, ValidationErrors errors, String token)
            throws IOException {
        var fetched = grading.read("/statistics", request.trace());
        var statistics = lenientList.read("GET /statistics", fetched.response().body(), Statistics.class);
        var types = reader.types(request.trace());
        return Pages.response(
                request,
                status,
                "gradebook/items",
                new ItemsPage(statistics, types, typed, errors, fetched.note(), token));
    }

    private Response one(Request request) throws IOException {
        return one(request, 200, null, ValidationErrors.NONE, forms.newToken());
    }

    private Response one(Request request, int status, @Nullable ItemForm typed, ValidationErrors errors, String token)
            throws IOException {
        var id = Ids.of(request, "id").orElse(0);
        try {
            var fetched = grading.read("/items/" + id + "/statistics", request.trace());
            var statistics = Json.read(fetched.response().body(), Statistics.class);
            var form = typed == null ? ItemForm.of(statistics.item()) : typed;
            var types = reader.types(request.trace());
            return Pages.response(
                    request,
                    status,
                    "gradebook/item",
                    new ItemPage(statistics, types, form, errors, fetched.note(), token));
        } catch (UnexpectedResponseException e) {
            if (e.status() == 404) {
                return Pages.notice(request, NO_SUCH_ITEM);
            }
            throw e;
        }
    }

    private Response add(FormSubmission submission) throws IOException {
        var typed = ItemForm.of(submission);
        if (!typed.validate().isEmpty()) {
            return all(submission.request(), 400, typed, typed.validate(), submission.token());
        }
        var outcome = grading.change(ClientRequest.post("/items", JSON, typed.json()), submission);
        return responses(submission, "/items")
                .refused(refused -> all(submission.request(), 400, typed, refused.errors(), submission.token()))
                .to(outcome);
    }

    private Response change(FormSubmission submission) throws IOException {
        var typed = ItemForm.of(submission);
        if (!typed.validate().isEmpty()) {
            return one(submission.request(), 400, typed, typed.validate(), submission.token());
        }
        var path = path(submission);
        var outcome = changeIf(submission, ClientRequest.put(path, JSON, typed.json()));
        return responses(submission, path)
                .refused(refused -> one(submission.request(), 400, typed, refused.errors(), submission.token()))
                .to(outcome);
    }

    private Response delete(FormSubmission submission) throws IOException {
        var outcome = changeIf(submission, ClientRequest.delete(path(submission), JSON, new byte[0]));
        return responses(submission, "/items")
                .refused(refused -> Pages.notice(
                        submission.request(),
                        new ProblemPage(
                                409,
                                "Not deleted",
                                refused.errors().general(),
                                "An item that has grades stays; delete its grades first.",
                                false)))
                .to(outcome);
    }

    /** Sends the change with {@code If-Match}. The contract has no URL for a single item from which to read the tag. */
    private ChangeOutcome changeIf(FormSubmission submission, ClientRequest clientRequest) throws IOException {
        var version = Ids.orZero(submission.field("Version"));
        var etag = "\"" + version + "\"";
        return grading.change(clientRequest.with("If-Match", etag), submission);
    }

    private static String path(FormSubmission submission) {
        return "/items/" + Ids.of(submission.request(), "id").orElse(0);
    }

    private static ChangeResponses responses(FormSubmission submission, String next) {
        return new ChangeResponses(submission, next, NO_SUCH_ITEM).changed(CHANGED_MEANWHILE);
    }

    record ItemsPage(
            List<Statistics> items,
            List<String> types,
            ItemForm typed,
            ValidationErrors errors,
            String note,
            String token) {
        ItemsPage {
            items = List.copyOf(items);
            types = List.copyOf(types);
        }
    }

    record ItemPage(
            Statistics statistics,
            List<String> types,
            ItemForm typed,
            ValidationErrors errors,
            String note,
            String token) {
        ItemPage {
            types = List.copyOf(types);
        }
    }

    /** The form of an item, as typed. */
    record ItemForm(String title, String type, String points, long version) {
        static final ItemForm EMPTY = new ItemForm("", "", "100", 0);

        static ItemForm of(FormSubmission submission) {
            return new ItemForm(
                    submission.field("Title"),
                    submission.field("Type"),
                    submission.field("Points"),
                    Ids.orZero(submission.field("Version")));
        }

        static ItemForm of(Item item) {
            return new ItemForm(item.title(), item.type(), item.points().toPlainString(), item.version());
        }

        ValidationErrors validate() {
            var errors = new LinkedHashMap<String, String>();
            if (title.isEmpty() || GradeForm.length(title) > GradeForm.TITLE_LENGTH_MAX) {
                errors.put("Title", "Give it a title of at most " + GradeForm.TITLE_LENGTH_MAX + " characters.");
            }
            if (!GradeForm.isScore(points) || new BigDecimal(points).signum() == 0) {
                errors.put("Points", "Write a number above 0, with a point before decimals, such as 100.");
            }
            return new ValidationErrors(errors, "");
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

package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.ProblemReader;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exports the gradebook as CSV, and imports a sheet after a preview of its changes. */
final class SheetPageRoutes {
    private static final String CSV = "text/csv";
    private static final String SHEET = "Sheet";
    private static final String NAMESAKES = "namesakes=add";

    private static final ProblemPage NO_SHEETS =
            ProblemPage.gone("No sheet here", "This grading service takes no sheets.", "Add grades one by one.");

    private final GradingClient grading;
    private final Forms forms;

    SheetPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students.csv", GradingFallback.page(this::export))
                .get("/import", this::empty)
                .post("/import", GradingFallback.page(forms.posted(this::upload)));
    }

    private Response export(Request request) throws IOException {
        var response = grading.fetch("/students.csv", request.trace());
        return response.isEmpty()
                ? Pages.notice(
                        request,
                        ProblemPage.gone(
                                "No sheet here",
                                "This grading service has no sheets: it speaks the plain protocol.",
                                "The students' page can be printed."))
                : Response.bytes(200, CSV + "; charset=utf-8", response.get().body())
                        .with("Content-Disposition", "attachment; filename=\"gradebook.csv\"")
                        .with("X-Content-Type-Options", "nosniff")
                        .with("Cache-Control", "no-store");
    }

    private Response empty(Request request) {
        return Pages.response(request, 200, "gradebook/import", ImportPage.empty("", forms.newToken()));
    }

    /**
     * First runs a trial. The trial's page has the button that applies the sheet, only to the gradebook revision that
     * the trial saw.
     */
    private Response upload(FormSubmission submission) throws IOException {
        var sheet = submission.fields().getOrDefault("File", "");
        if (sheet.isBlank()) {
            sheet = submission.fields().getOrDefault(SHEET, "");
        }
        if (sheet.isBlank()) {
            var page = ImportPage.empty("Choose a file, or paste a sheet.", submission.token());
            return Pages.response(submission.request(), 400, "gradebook/import", page);
        }
        var seen = submission.field("Seen");
        return seen.isEmpty() ? trial(submission, sheet, "") : apply(submission, sheet, seen);
    }

    private Response trial(FormSubmission submission, String sheet, String note) throws IOException {
        var clientRequest = ClientRequest.post(
                "/students.csv?dry-run=true" + (isAddingNamesakes(submission) ? "&" + NAMESAKES : ""),
                CSV,
                sheet.getBytes(StandardCharsets.UTF_8));
        var outcome = grading.change(clientRequest, "", submission.request().trace());
        return responses(submission, sheet)
                .done(done -> {
                    var trial = Json.read(done.response().body(), Trial.class);
                    return page(submission, note.isEmpty() ? 200 : 409, sheet, trial, note, forms.newToken());
                })
                .to(outcome);
    }

    private Response apply(FormSubmission submission, String sheet, String seen) throws IOException {
        var clientRequest = ClientRequest.post(
                        "/students.csv" + (isAddingNamesakes(submission) ? "?" + NAMESAKES : ""),
                        CSV,
                        sheet.getBytes(StandardCharsets.UTF_8))
                .with("If-Match", "\"" + seen.replace("\"", "") + "\"");
        var outcome = grading.change(clientRequest, submission);
        return responses(submission, sheet)
                .changed(changed -> trial(
                        submission,
                        sheet,
                        "The gradebook was changed since you looked. This is what the sheet would do now."))
                .to(outcome);
    }

    private static boolean isAddingNamesakes(FormSubmission submission) {
        return submission.field("Namesakes").equals("add");
    }

    /** Returns the guessed encoding of a file; a pasted sheet needs none. */
    private static String readAs(FormSubmission submission) {
        return submission.field("File").isEmpty() ? "" : submission.field("File-read-as");
    }

    private static ChangeResponses responses(FormSubmission submission, String sheet) {
        return new ChangeResponses(submission, "/gradebook", NO_SHEETS).refused(refused -> {
            var trial = errors(refused.response());
            var note = trial.errors().isEmpty() ? ProblemReader.reason(refused.response()) : "";
            return page(submission, 400, sheet, trial, note, submission.token());
        });
    }

    private static Response page(
            FormSubmission submission, int status, String sheet, Trial trial, String note, String token) {
        var page = new ImportPage(sheet, trial, note, readAs(submission), isAddingNamesakes(submission), token);
        return Pages.response(submission.request(), status, "gradebook/import", page);
    }

    private static Trial errors(ClientResponse clientResponse) {
        try {
            return Json.read(clientResponse.body(), Trial.class);
        } catch (MalformedJsonException e) {
            return Trial.NONE;
        }
    }

    /**
     * The page that takes a sheet and previews its changes.
     *
     * @param readAs the file's guessed encoding; empty if it is certain
     * @param isAddingNamesakes whether new students may have an existing student's name
     */
    record ImportPage(String sheet, Trial trial, String note, String readAs, boolean isAddingNamesakes, String token) {
        static ImportPage empty(String note, String token) {
            return new ImportPage("", Trial.NONE, note, "", false, token);
        }

        /** Returns whether new students with an existing name could be added, which the trial rejects by default. */
        boolean offersNamesakes() {
            return !isAddingNamesakes
                    && trial.newStudents().stream().anyMatch(row -> !row.same().isEmpty());
        }

        boolean isTried() {
            return trial.isTried();
        }
    }

    /** The changes that a sheet would make. */
    record Trial(
            List<Row> changes,
            List<Row> newStudents,
            List<Row> newItems,
            List<Row> errors,
            String token,
            boolean isTried) {
        static final Trial NONE = new Trial(List.of(), List.of(), List.of(), List.of(), "", false);

        Trial {
            changes = List.copyOf(changes);
            newStudents = List.copyOf(newStudents);
            newItems = List.copyOf(newItems);
            errors = List.copyOf(errors);
        }

        @JsonCreator
        static Trial fromWire(
                @JsonProperty("Changes") List<Row> changes,
                @JsonProperty("NewStudents") List<Row> newStudents,
                @JsonProperty("NewItems") List<Row> newItems,
                @JsonProperty("Errors") List<Row> errors,
                @JsonProperty("Token") String token) {
            return new Trial(changes, newStudents, newItems, errors, token, true);
        }

        boolean isApplicable() {
            return isTried && errors.isEmpty() && !(changes.isEmpty() && newStudents.isEmpty() && newItems.isEmpty());
        }
    }

    /** One change, new student or error; fields that don't apply are empty. */
    record Row(
            String line,
            String student,
            String item,
            String from,
            String to,
            String name,
            String same,
            String title,
            String problem) {
        @JsonCreator
        static Row fromWire(
                @JsonProperty("Line") @Nullable JsonNode line,
                @JsonProperty("Student") @Nullable JsonNode student,
                @JsonProperty("Item") @Nullable JsonNode item,
                @JsonProperty("From") @Nullable JsonNode from,
                @JsonProperty("To") @Nullable JsonNode to,
                @JsonProperty("FirstName") @Nullable JsonNode firstName,
                @JsonProperty("LastName") @Nullable JsonNode lastName,
                @JsonProperty("SameAsStudent") @Nullable JsonNode sameAsStudent,
                @JsonProperty("SameAsLine") @Nullable JsonNode sameAsLine,
                @JsonProperty("Title") @Nullable JsonNode title,
                @JsonProperty("Problem") @Nullable JsonNode problem) {
            return new Row(
                    text(line),
                    text(student),
                    text(item),
                    text(from),
                    text(to),
                    (text(firstName) + " " + text(lastName)).strip(),
                    same(text(sameAsStudent), text(sameAsLine)),
                    text(title),
                    text(problem));
        }

        private static String same(String student, String line) {
            if (student.isEmpty()) {
                return line.isEmpty() ? "" : "as in line " + line;
            }
            return "as student " + student;
        }

        private static String text(@Nullable JsonNode node) {
            if (node == null || node.isNull()) {
                return "";
            }
            return node.isNumber() ? HistoryEntry.number(node) : node.asText();
        }
    }
}

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
import dev.rollcall.portal.page.ResubmitPage;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Exports the gradebook as CSV, and imports a sheet after a preview of its changes. */
final class SheetPageRoutes {
    private static final String CSV = "text/csv";
    private static final String SHEET = "Sheet";
    private static final String NAMESAKES = "namesakes=add";

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
    private Response upload(FormSubmission formSubmission) throws IOException {
        var sheet = formSubmission.fields().getOrDefault("File", "");
        if (sheet.isBlank()) {
            sheet = formSubmission.fields().getOrDefault(SHEET, "");
        }
        if (sheet.isBlank()) {
            var page = ImportPage.empty("Choose a file, or paste a sheet.", formSubmission.token());
            return Pages.response(formSubmission.request(), 400, "gradebook/import", page);
        }
        var seen = formSubmission.field("Seen");
        return seen.isEmpty() ? trial(formSubmission, sheet, "") : apply(formSubmission, sheet, seen);
    }

    private Response trial(FormSubmission formSubmission, String sheet, String note) throws IOException {
        var clientRequest = ClientRequest.post(
                "/students.csv?dry-run=true" + (isAddingNamesakes(formSubmission) ? "&" + NAMESAKES : ""),
                CSV,
                sheet.getBytes(StandardCharsets.UTF_8));
        var changeOutcome =
                grading.change(clientRequest, "", formSubmission.request().trace());
        if (changeOutcome instanceof ChangeOutcome.Done done) {
            var trial = Json.read(done.response().body(), Trial.class);
            var page = new ImportPage(
                    sheet, trial, note, readAs(formSubmission), isAddingNamesakes(formSubmission), forms.newToken());
            return Pages.response(formSubmission.request(), note.isEmpty() ? 200 : 409, "gradebook/import", page);
        }
        return notDone(formSubmission, sheet, changeOutcome);
    }

    private Response apply(FormSubmission formSubmission, String sheet, String seen) throws IOException {
        var clientRequest = ClientRequest.post(
                        "/students.csv" + (isAddingNamesakes(formSubmission) ? "?" + NAMESAKES : ""),
                        CSV,
                        sheet.getBytes(StandardCharsets.UTF_8))
                .with("If-Match", "\"" + seen.replace("\"", "") + "\"");
        var changeOutcome = grading.change(
                clientRequest, formSubmission.key(), formSubmission.request().trace());
        if (changeOutcome instanceof ChangeOutcome.Done) {
            return Response.seeOther("/gradebook");
        }
        return changeOutcome instanceof ChangeOutcome.Changed
                ? trial(
                        formSubmission,
                        sheet,
                        "The gradebook was changed since you looked. This is what the sheet would do now.")
                : notDone(formSubmission, sheet, changeOutcome);
    }

    private static boolean isAddingNamesakes(FormSubmission formSubmission) {
        return formSubmission.field("Namesakes").equals("add");
    }

    /** Returns the guessed encoding of a file; a pasted sheet needs none. */
    private static String readAs(FormSubmission formSubmission) {
        return formSubmission.field("File").isEmpty() ? "" : formSubmission.field("File-read-as");
    }

    private Response notDone(FormSubmission formSubmission, String sheet, ChangeOutcome changeOutcome) {
        if (changeOutcome instanceof ChangeOutcome.Failed failed) {
            return Pages.response(
                    formSubmission.request(),
                    503,
                    "page/again",
                    ResubmitPage.ofFailure(formSubmission, failed.isSurelyNotDone(), failed.reason()));
        }
        if (changeOutcome instanceof ChangeOutcome.Refused refused) {
            var trial = errors(refused.response());
            var note = trial.errors().isEmpty() ? ProblemReader.reason(refused.response()) : "";
            var page = new ImportPage(
                    sheet,
                    trial,
                    note,
                    readAs(formSubmission),
                    isAddingNamesakes(formSubmission),
                    formSubmission.token());
            return Pages.response(formSubmission.request(), 400, "gradebook/import", page);
        }
        return Pages.notice(
                formSubmission.request(),
                ProblemPage.gone("No sheet here", "This grading service takes no sheets.", "Add grades one by one."));
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

        /** Returns whether the trial rejects new students only for having an existing name. */
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
                @JsonProperty("Changes") @Nullable List<@Nullable Row> changes,
                @JsonProperty("NewStudents") @Nullable List<@Nullable Row> newcomers,
                @JsonProperty("NewItems") @Nullable List<@Nullable Row> newItems,
                @JsonProperty("Errors") @Nullable List<@Nullable Row> errors,
                @JsonProperty("Token") @Nullable String token) {
            return new Trial(
                    withoutNulls(changes),
                    withoutNulls(newcomers),
                    withoutNulls(newItems),
                    withoutNulls(errors),
                    token == null ? "" : token,
                    true);
        }

        private static List<Row> withoutNulls(@Nullable List<@Nullable Row> rows) {
            return rows == null
                    ? List.of()
                    : rows.stream().filter(Objects::nonNull).toList();
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

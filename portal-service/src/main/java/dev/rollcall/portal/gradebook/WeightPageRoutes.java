package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.QueryUrl;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The page of how grades count: the weight of each type of work, and the letter scale. */
final class WeightPageRoutes {
    private static final String PAGE = "/weights";
    private static final String JSON = "application/json";
    private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");
    private static final WeightForm NOTHING = new WeightForm("", "", "", 0);
    private static final ProblemPage NO_SUCH_TYPE = ProblemPage.gone(
            "No such type", "The grading service knows no type of work of this name.", "Choose one from the list.");
    private static final ProblemPage NO_WEIGHTS = ProblemPage.gone(
            "No weights here",
            "This grading service knows grades, but not how much they count: it speaks the plain protocol.",
            "On the students' pages all grades count alike.");

    private final GradingClient grading;
    private final Forms forms;

    WeightPageRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get(PAGE, GradingFallback.page(this::show, NO_WEIGHTS))
                .post("/weights/types/{name}", GradingFallback.page(forms.posted(this::changeType), NO_WEIGHTS))
                .post("/weights/letters", GradingFallback.page(forms.posted(this::changeLetters), NO_WEIGHTS));
    }

    private Response show(Request request) throws IOException {
        return page(request, 200, NOTHING, ValidationErrors.NONE, forms.newToken());
    }

    private Response page(Request request, int status, WeightForm typed, ValidationErrors errors, String token)
            throws IOException {
        var letters = grading.read("/letters", request.trace());
        var form = LettersForm.of(
                Json.readList(letters.response().body(), LetterThreshold.class),
                letters.response().etag());
        return page(request, status, typed, errors, form, ValidationErrors.NONE, token);
    }

    private Response page(
            Request request,
            int status,
            WeightForm typed,
            ValidationErrors typedMistakes,
            LettersForm letters,
            ValidationErrors letterMistakes,
            String token)
            throws IOException {
        var types = grading.read("/types", request.trace());
        return Pages.response(
                request,
                status,
                "gradebook/weights",
                new WeightsPage(
                        Json.readList(types.response().body(), Weight.class),
                        typed,
                        typedMistakes,
                        letters,
                        letterMistakes,
                        types.note(),
                        token));
    }

    private Response changeType(FormSubmission submission) throws IOException {
        var request = submission.request();
        var typed = WeightForm.of(request.pathValue("name"), submission);
        if (!typed.validate().isEmpty()) {
            return page(request, 400, typed, typed.validate(), submission.token());
        }
        var clientRequest = ClientRequest.put("/types/" + QueryUrl.segment(typed.name()), JSON, typed.json())
                .with("If-Match", "\"" + typed.version() + "\"");
        var outcome = grading.change(clientRequest, submission);
        return responses(submission)
                .refused(refused -> page(request, 400, typed, refused.errors(), submission.token()))
                .changed(changed -> conflict(submission, typed, changed.response()))
                .to(outcome);
    }

    private Response conflict(FormSubmission submission, WeightForm typed, ClientResponse clientResponse)
            throws IOException {
        var now = Json.read(clientResponse.body(), Weight.class);
        var fields = new LinkedHashMap<>(submission.fields());
        fields.put("Version", Long.toString(now.version()));
        return conflict(
                submission,
                "what counts of " + typed.name(),
                List.of(
                        new ConflictPage.Row("Weight", now.weight().toPlainString(), typed.weight()),
                        new ConflictPage.Row("Lowest dropped", Integer.toString(now.dropLowest()), typed.dropLowest())),
                fields);
    }

    private Response changeLetters(FormSubmission submission) throws IOException {
        var request = submission.request();
        var typed = LettersForm.of(submission);
        var errors = typed.validate();
        if (!errors.isEmpty()) {
            return page(request, 400, NOTHING, ValidationErrors.NONE, typed, errors, submission.token());
        }
        var clientRequest = ClientRequest.put("/letters", JSON, typed.json()).with("If-Match", tag(typed.shownEtag()));
        var outcome = grading.change(clientRequest, submission);
        return responses(submission)
                .refused(refused ->
                        page(request, 400, NOTHING, ValidationErrors.NONE, typed, refused.errors(), submission.token()))
                .changed(changed -> conflict(submission, typed, changed.response()))
                .to(outcome);
    }

    private Response conflict(FormSubmission submission, LettersForm typed, ClientResponse response)
            throws IOException {
        var now = LettersForm.of(
                Json.readList(response.body(), LetterThreshold.class),
                EntityTag.of(response).orElse(""));
        var fields = new LinkedHashMap<>(submission.fields());
        fields.put("Seen", now.shownEtag());
        return conflict(
                submission,
                "the scale of letters",
                List.of(new ConflictPage.Row("Letters", now.text(), typed.text())),
                fields);
    }

    /** Returns a valid entity tag: a form field must not break the header. */
    private static String tag(String seen) {
        return TAG.matcher(seen).matches() ? seen : "\"unknown\"";
    }

    private Response conflict(
            FormSubmission submission, String what, List<ConflictPage.Row> rows, Map<String, String> fields) {
        return Pages.response(
                submission.request(),
                409,
                "gradebook/conflict",
                new ConflictPage(what, rows, submission.request().path(), fields, forms.newToken(), PAGE));
    }

    private static ChangeResponses responses(FormSubmission submission) {
        return new ChangeResponses(submission, PAGE, NO_SUCH_TYPE);
    }
}

package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.Reply;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Request;
import dev.rollcall.http.Routes;
import dev.rollcall.portal.page.Address;
import dev.rollcall.portal.page.AgainPage;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Mistakes;
import dev.rollcall.portal.page.Notice;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.Posted;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How grades add up: what each type of work counts, and the scale of letters. */
final class WeightRoutes {
    private static final String PAGE = "/weights";
    private static final String JSON = "application/json";
    private static final Pattern TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");
    private static final WeightForm NOTHING = new WeightForm("", "", "", 0);
    private static final Notice NO_SUCH_TYPE = Notice.gone(
            "No such type", "The grading service knows no type of work of this name.", "Choose one from the list.");
    private static final Notice NO_WEIGHTS = Notice.gone(
            "No weights here",
            "This grading service knows grades, but not how much they count: it speaks the plain protocol.",
            "On the students' pages all grades count alike.");

    private final GradingClient grading;
    private final Forms forms;

    WeightRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get(PAGE, Guarded.page(this::show, NO_WEIGHTS))
                .post("/weights/types/{name}", Guarded.page(forms.posted(this::changeType), NO_WEIGHTS))
                .post("/weights/letters", Guarded.page(forms.posted(this::changeLetters), NO_WEIGHTS));
    }

    private Answer show(Request request) throws IOException {
        return page(request, 200, NOTHING, Mistakes.NONE, forms.freshToken());
    }

    private Answer page(Request request, int status, WeightForm typed, Mistakes mistakes, String token)
            throws IOException {
        var letters = grading.read("/letters", request.trace());
        var form = LettersForm.of(
                Json.readList(letters.told().body(), LetterFrom.class),
                letters.told().etag());
        return page(request, status, typed, mistakes, form, Mistakes.NONE, token);
    }

    private Answer page(
            Request request,
            int status,
            WeightForm typed,
            Mistakes typedMistakes,
            LettersForm letters,
            Mistakes letterMistakes,
            String token)
            throws IOException {
        var types = grading.read("/types", request.trace());
        return Pages.answer(
                request,
                status,
                "gradebook/weights",
                new WeightsPage(
                        Json.readList(types.told().body(), Weight.class),
                        typed,
                        typedMistakes,
                        letters,
                        letterMistakes,
                        types.note(),
                        token));
    }

    private Answer changeType(Posted posted) throws IOException {
        var request = posted.request();
        var typed = WeightForm.of(request.pathValue("name"), posted);
        if (!typed.mistakes().areNone()) {
            return page(request, 400, typed, typed.mistakes(), posted.token());
        }
        var call = Call.put("/types/" + Address.segment(typed.name()), JSON, typed.json())
                .with("If-Match", "\"" + typed.version() + "\"");
        var outcome = grading.change(call, posted.key(), request.trace());
        if (outcome instanceof Outcome.Refused refused) {
            return page(request, 400, typed, refused.mistakes(), posted.token());
        }
        return outcome instanceof Outcome.Changed changed
                ? conflict(posted, typed, changed.reply())
                : finish(posted, outcome);
    }

    private Answer conflict(Posted posted, WeightForm typed, Reply reply) throws IOException {
        var now = Json.read(reply.body(), Weight.class);
        var fields = new LinkedHashMap<>(posted.fields());
        fields.put("Version", Long.toString(now.version()));
        return conflict(
                posted,
                "what counts of " + typed.name(),
                List.of(
                        new ConflictPage.Row("Weight", now.weight().toPlainString(), typed.weight()),
                        new ConflictPage.Row("Lowest dropped", Integer.toString(now.dropLowest()), typed.dropLowest())),
                fields);
    }

    private Answer changeLetters(Posted posted) throws IOException {
        var request = posted.request();
        var typed = LettersForm.of(posted);
        var mistakes = typed.mistakes();
        if (!mistakes.areNone()) {
            return page(request, 400, NOTHING, Mistakes.NONE, typed, mistakes, posted.token());
        }
        var call = Call.put("/letters", JSON, typed.json()).with("If-Match", tag(typed.seen()));
        var outcome = grading.change(call, posted.key(), request.trace());
        if (outcome instanceof Outcome.Refused refused) {
            return page(request, 400, NOTHING, Mistakes.NONE, typed, refused.mistakes(), posted.token());
        }
        if (outcome instanceof Outcome.Changed changed) {
            var now = LettersForm.of(
                    Json.readList(changed.reply().body(), LetterFrom.class),
                    EntityTag.of(changed.reply()).orElse(""));
            var fields = new LinkedHashMap<>(posted.fields());
            fields.put("Seen", now.seen());
            return conflict(
                    posted,
                    "the scale of letters",
                    List.of(new ConflictPage.Row("Letters", now.text(), typed.text())),
                    fields);
        }
        return finish(posted, outcome);
    }

    /** What came as a form's field must not end the header. */
    private static String tag(String seen) {
        return TAG.matcher(seen).matches() ? seen : "\"unknown\"";
    }

    private Answer conflict(Posted posted, String what, List<ConflictPage.Row> rows, Map<String, String> fields) {
        return Pages.answer(
                posted.request(),
                409,
                "gradebook/conflict",
                new ConflictPage(what, rows, posted.request().path(), fields, forms.freshToken(), PAGE));
    }

    private static Answer finish(Posted posted, Outcome outcome) {
        var request = posted.request();
        if (outcome instanceof Outcome.Done) {
            return Answer.seeOther(PAGE);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Pages.answer(
                    request, 503, "page/again", AgainPage.ofFailure(posted, failed.isSurelyNotDone(), failed.reason()));
        }
        return Pages.notice(request, NO_SUCH_TYPE);
    }
}

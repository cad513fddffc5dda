package dev.rollcall.portal.gradebook;

import dev.rollcall.discovery.ClientRequest;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.http.TraceContext;
import dev.rollcall.portal.page.FormSubmission;
import dev.rollcall.portal.page.Forms;
import dev.rollcall.portal.page.Pages;
import dev.rollcall.portal.page.ProblemPage;
import dev.rollcall.portal.page.ValidationErrors;
import dev.rollcall.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cell of the grid: a page with a form without scripts, JSON for the grid's script. Both change a cell only if it
 * still has the version that was shown.
 */
final class CellRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(CellRoutes.class);
    private static final String JSON = "application/json";

    private static final ProblemPage NO_SUCH_CELL =
            ProblemPage.gone("No such cell", "The student or the item is gone.", "Open the gradebook again.");

    private final GradingClient grading;
    private final StudentReader reader;
    private final Forms forms;

    CellRoutes(GradingClient grading, Forms forms) {
        this.grading = grading;
        this.reader = new StudentReader(grading);
        this.forms = forms;
    }

    Routes routes() {
        return Routes.NONE
                .get("/gradebook/cell", GradingFallback.page(this::show))
                .post("/gradebook/cell", GradingFallback.page(forms.posted(this::change)));
    }

    private Response show(Request request) throws IOException {
        var student = Ids.orZero(request.query("student").orElse(""));
        var item = Ids.orZero(request.query("item").orElse(""));
        var grade = Ids.orZero(request.query("grade").orElse(""));
        var shown = grade == 0 ? Optional.<Grade>empty() : reader.grade(student, grade, request.trace());
        var change = new CellChange(
                student,
                item,
                shown.map(Grade::id).orElse(0L),
                shown.map(Grade::version).orElse(0L),
                shown.map(Grade::scoreField).orElse(""),
                request.query("back").orElse("/gradebook"));
        return page(request, 200, change, ValidationErrors.NONE, forms.newToken());
    }

    private Response page(Request request, int status, CellChange change, ValidationErrors errors, String token)
            throws IOException {
        var student = grading.fetch("/students/" + change.student(), request.trace());
        var item = grading.list("/items", Item.class, request.trace()).stream()
                .filter(each -> each.id() == change.item())
                .findFirst();
        if (student.isEmpty() || item.isEmpty()) {
            return Pages.notice(request, NO_SUCH_CELL);
        }
        var page = new CellPage(Json.read(student.get().body(), Student.class), item.get(), change, errors, token);
        return Pages.response(request, status, "gradebook/cell", page);
    }

    private Response change(FormSubmission submission) throws IOException {
        var change = CellChange.of(submission);
        if (!change.isValid()) {
            return refused(submission, change, new ValidationErrors(Map.of(GradeForm.SCORE, GradeForm.SCORE_RULE), ""));
        }
        if (change.isBlank() && change.wasBlank()) {
            return done(submission, change, null);
        }
        var outcome = apply(change, submission);
        var responses = new ChangeResponses(submission, change.back(), NO_SUCH_CELL)
                .done(done -> done(
                        submission,
                        change,
                        change.isBlank() ? null : Json.read(done.response().body(), Grade.class)))
                .changed(changed ->
                        changed(submission, change, Json.read(changed.response().body(), Grade.class)))
                .gone(gone -> changed(submission, change, null))
                .refused(refused -> refused(submission, change, refused.errors()));
        if (submission.isFromScript()) {
            responses.failed(failed -> response("failed", 503, Map.of("reason", failed.reason())));
        }
        return responses.to(outcome);
    }

    private ChangeOutcome apply(CellChange change, FormSubmission submission) throws IOException {
        if (change.wasBlank()) {
            var put = ClientRequest.put(change.itemPath(), JSON, score(change)).with("If-None-Match", "*");
            return grading.change(put, submission);
        }
        var clientRequest = change.isBlank()
                ? ClientRequest.delete(change.gradePath(), JSON, new byte[0])
                : ClientRequest.put(change.gradePath(), JSON, score(change));
        return grading.changeIf(change.gradePath(), change.version(), clientRequest, submission);
    }

    private static byte[] score(CellChange change) {
        return Json.bytes(Map.of(GradeForm.SCORE, new BigDecimal(change.score())));
    }

    /**
     * Returns a conflict, unless the cell already has the wanted score, perhaps from an earlier attempt whose response
     * was lost.
     */
    private Response changed(FormSubmission submission, CellChange change, @Nullable Grade now) throws IOException {
        var scored = now == null ? Optional.<BigDecimal>empty() : now.scored();
        return change.isResult(scored) && (now == null || !now.isExcused())
                ? done(submission, change, now)
                : conflict(submission, change, now);
    }

    private Response done(FormSubmission submission, CellChange change, @Nullable Grade grade) throws IOException {
        if (!submission.isFromScript()) {
            return Response.seeOther(change.back() + "#c-" + change.student() + "-" + change.item());
        }
        var fields = new LinkedHashMap<String, Object>(cell(grade));
        averages(change, submission.request().trace()).ifPresent(averages -> {
            fields.put("soFar", averages.soFarText());
            fields.put("withBlanks", averages.withBlanksText());
        });
        return response("saved", 200, fields);
    }

    /** Returns the student's averages now; empty if they can't be read, since the change is stored anyway. */
    private Optional<Averages> averages(CellChange change, TraceContext trace) {
        try {
            var response = grading.fetch("/students/" + change.student(), trace);
            return response.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Json.read(response.get().body(), Student.class).averages());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the change is stored; the average could not be read");
            return Optional.empty();
        }
    }

    private Response conflict(FormSubmission submission, CellChange change, @Nullable Grade theirs) {
        if (submission.isFromScript()) {
            return response("conflict", 409, cell(theirs));
        }
        var mine = new LinkedHashMap<>(submission.fields());
        mine.put("Grade", Long.toString(theirs == null ? 0 : theirs.id()));
        mine.put("Version", Long.toString(theirs == null ? 0 : theirs.version()));
        var rows = List.of(new ConflictPage.Row(
                "Score", theirs == null ? "blank" : theirs.scoreText(), change.isBlank() ? "blank" : change.score()));
        var page = new ConflictPage(
                "this cell", rows, submission.request().path(), mine, submission.token(), change.back());
        return Pages.response(submission.request(), 409, "gradebook/conflict", page);
    }

    private Response refused(FormSubmission submission, CellChange change, ValidationErrors errors) throws IOException {
        var reason = errors.byField().values().stream().findFirst().orElse(errors.general());
        return submission.isFromScript()
                ? response("refused", 400, Map.of("reason", reason))
                : page(submission.request(), 400, change, errors, submission.token());
    }

    private static Map<String, Object> cell(@Nullable Grade grade) {
        return grade == null
                ? Map.of("grade", 0, "version", 0, "score", "", "excused", false)
                : Map.of(
                        "grade",
                        grade.id(),
                        "version",
                        grade.version(),
                        "score",
                        grade.scoreField(),
                        "excused",
                        grade.isExcused());
    }

    /** Returns a JSON response with a token for the next change. */
    private Response response(String what, int status, Map<String, Object> fields) {
        var all = new LinkedHashMap<String, Object>();
        all.put("status", what);
        all.putAll(fields);
        all.put("token", forms.newToken());
        return Response.json(status, all).with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
    }

    /** A cell with the form that changes it. */
    record CellPage(Student student, Item item, CellChange change, ValidationErrors errors, String token) {}
}

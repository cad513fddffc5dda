package dev.rollcall.grading;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.book.Sheet;
import dev.rollcall.grading.book.SheetCommands.Namesakes;
import dev.rollcall.grading.book.SheetPlan;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.http.Routes;
import dev.rollcall.wire.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The HTTP routes that export and import the class as a CSV sheet. */
final class SheetRoutes {
    private static final int UNPROCESSABLE = 422;
    private static final int BUFFERED_CHANGES_MAX = 10_000;
    private static final ObjectWriter WRITER = Json.writerOf(SheetPlan.class);
    /** Includes the form type, which {@code curl --data-binary} sends by default. */
    private static final Set<String> TYPES =
            Set.of("text/csv", "text/plain", "application/csv", "application/x-www-form-urlencoded", "");

    private final Gradebook gradebook;

    SheetRoutes(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    Routes routes() {
        return Routes.NONE
                .get("/students.csv", Responses.mapErrors(this::export))
                .post("/students.csv", Responses.mapErrors(this::importSheet));
    }

    private Response export(Request request) {
        var roster = gradebook.roster();
        return Responses.tagged(
                request,
                roster.revision(),
                () -> Response.stream(200, "text/csv; charset=utf-8; header=present", out -> {
                            var writer = new BufferedWriter(
                                    new OutputStreamWriter(new UnclosedOutput(out), StandardCharsets.UTF_8), 16_384);
                            Sheet.write(roster, writer);
                            writer.flush();
                        })
                        .with("Content-Disposition", "attachment; filename=\"students.csv\""));
    }

    private Response importSheet(Request request) throws IOException {
        if (!TYPES.contains(request.contentType())) {
            throw ProblemException.unsupported("a sheet is text/csv");
        }
        var text = text(request.body());
        if (isDryRun(request)) {
            var plan = gradebook.sheets().plan(text, namesakes(request));
            return response(200, plan).with("ETag", '"' + plan.token() + '"');
        }
        var plan = gradebook.sheets().apply(RequestParams.author(request), text, namesakes(request), token(request));
        return response(plan.errors().isEmpty() ? 200 : UNPROCESSABLE, plan);
    }

    /** Streams a large plan: that of a large school is tens of megabytes. */
    private static Response response(int status, SheetPlan plan) {
        return plan.changes().size() <= BUFFERED_CHANGES_MAX
                ? Response.json(status, plan)
                : Response.stream(status, "application/json", out -> WRITER.writeValue(new UnclosedOutput(out), plan));
    }

    private static boolean isDryRun(Request request) {
        return switch (request.query("dry-run").orElse("false")) {
            case "true", "" -> true;
            case "false" -> false;
            default -> throw ProblemException.badRequest("dry-run is true or false");
        };
    }

    private static Namesakes namesakes(Request request) {
        return switch (request.query("namesakes").orElse("refuse")) {
            case "refuse" -> Namesakes.REFUSED;
            case "add" -> Namesakes.ADDED;
            default -> throw ProblemException.badRequest("namesakes is refuse or add");
        };
    }

    private static Optional<String> token(Request request) {
        return request.header("If-Match")
                .map(String::strip)
                .filter(tag -> !tag.equals("*"))
                .map(tag -> tag.replace("\"", ""));
    }

    /** Rejects other encodings: a sheet saved in an old code page would corrupt names silently. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("the sheet is not in UTF-8; save it as CSV UTF-8");
        }
    }
}

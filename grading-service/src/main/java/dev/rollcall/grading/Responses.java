package dev.rollcall.grading;

import dev.rollcall.grading.book.ChangeRefusedException;
import dev.rollcall.grading.book.ChangeResult;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.http.Handler;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What the gradebook says, as answers. */
final class Responses {
    private static final String JSON = "application/json";

    private Responses() {}

    /** A handler whose refusals and failures of the store become problems. */
    static Handler by(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (ChangeRefusedException e) {
                throw new ProblemException(problem(e));
            } catch (StoreException e) {
                throw failure(e);
            }
        };
    }

    /** A reply with its version as ETag. */
    static Response reply(ChangeResult changeResult) {
        var response =
                Response.bytes(changeResult.status(), JSON, changeResult.body().getBytes(StandardCharsets.UTF_8));
        if (!changeResult.tag().isEmpty()) {
            response = response.with("ETag", '"' + changeResult.tag() + '"');
        }
        return changeResult.location().isEmpty() ? response : response.with("Location", changeResult.location());
    }

    /** Something to read with its ETag; 304 to one who has it. */
    static Response tagged(Request request, Object tag, Supplier<Response> answer) {
        var quoted = "\"" + tag + '"';
        return (EntityTags.isKnown(request, quoted) ? Response.empty(304) : answer.get()).with("ETag", quoted);
    }

    private static Problem problem(ChangeRefusedException changeRefusedException) {
        var detail = String.valueOf(changeRefusedException.getMessage());
        return switch (changeRefusedException.kind()) {
            case ABSENT -> Problem.of(404, "Not found", detail);
            case CONFLICT -> Problem.of(409, "Conflict", detail);
            case OUTDATED -> Problem.of(412, "Precondition failed", detail);
            case FULL -> Problem.of(507, "Gradebook full", detail);
            case KEY_REUSED -> Problem.of(422, "Idempotency-Key reused", detail);
        };
    }

    private static RuntimeException failure(StoreException e) {
        var detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case FULL -> new ProblemException(Problem.of(507, "Disk full", detail));
            case UNAVAILABLE -> ProblemException.unavailable(detail);
            default -> e;
        };
    }
}

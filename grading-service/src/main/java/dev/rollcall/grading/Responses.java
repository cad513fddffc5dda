package dev.rollcall.grading;

import dev.rollcall.grading.book.ChangeRefusedException;
import dev.rollcall.grading.book.ChangeResult;
import dev.rollcall.grading.book.ChangeResult.Created;
import dev.rollcall.grading.book.ChangeResult.Outdated;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.http.Handler;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.http.Response;
import dev.rollcall.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Maps results and exceptions of the gradebook to HTTP responses. */
final class Responses {
    private static final String JSON = "application/json";

    private Responses() {}

    /** Wraps a handler: refused changes and store failures become problem responses. */
    static Handler mapErrors(Handler handler) {
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

    /** Returns the response for a change: 200 or 201 for done, 412 for outdated, with the version as ETag. */
    static Response from(ChangeResult result) {
        if (result instanceof Created created) {
            return response(201, created).with("Location", created.location());
        }
        return response(result instanceof Outdated ? 412 : 200, result);
    }

    private static Response response(int status, ChangeResult result) {
        return Response.bytes(status, JSON, result.body().getBytes(StandardCharsets.UTF_8))
                .with("ETag", '"' + result.tag() + '"');
    }

    /** Returns the response with its ETag, or 304 if the client already has that tag. */
    static Response tagged(Request request, Object tag, Supplier<Response> response) {
        var quoted = "\"" + tag + '"';
        return (EntityTags.isNotModified(request, quoted) ? Response.empty(304) : response.get()).with("ETag", quoted);
    }

    private static Problem problem(ChangeRefusedException refusal) {
        var detail = String.valueOf(refusal.getMessage());
        return switch (refusal.kind()) {
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

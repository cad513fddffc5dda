package dev.rollcall.grading;

import dev.rollcall.grading.book.Refusal;
import dev.rollcall.grading.book.Reply;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.http.Answer;
import dev.rollcall.http.Handler;
import dev.rollcall.http.ProblemException;
import dev.rollcall.http.Request;
import dev.rollcall.wire.Problem;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What the gradebook says, as answers. */
final class Told {
    private static final String JSON = "application/json";

    private Told() {}

    /** A handler whose refusals and failures of the store become problems. */
    static Handler by(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (Refusal e) {
                throw new ProblemException(problem(e));
            } catch (StoreException e) {
                throw failure(e);
            }
        };
    }

    /** A reply with its version as ETag. */
    static Answer reply(Reply reply) {
        var answer = Answer.bytes(reply.status(), JSON, reply.body().getBytes(StandardCharsets.UTF_8));
        if (!reply.tag().isEmpty()) {
            answer = answer.with("ETag", '"' + reply.tag() + '"');
        }
        return reply.location().isEmpty() ? answer : answer.with("Location", reply.location());
    }

    /** Something to read with its ETag; 304 to one who has it. */
    static Answer tagged(Request request, Object tag, Supplier<Answer> answer) {
        var quoted = "\"" + tag + '"';
        return (Tags.isKnown(request, quoted) ? Answer.empty(304) : answer.get()).with("ETag", quoted);
    }

    private static Problem problem(Refusal refusal) {
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

package dev.rollcall.portal;

import dev.rollcall.discovery.Call;
import dev.rollcall.discovery.CallFailedException;
import dev.rollcall.discovery.NoProviderException;
import dev.rollcall.discovery.Reply;
import dev.rollcall.discovery.ServiceCaller;
import dev.rollcall.http.TraceContext;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Asks whichever grading service is there, ours or a plain one. What it can't read is thrown as {@link IOException};
 * {@link Notice#of} makes a page of each.
 */
final class GradingClient {
    private final ServiceCaller caller;

    GradingClient(ServiceCaller caller) {
        this.caller = caller;
    }

    List<Student> students(TraceContext trace) throws IOException {
        var reply = send(Call.get("/students"), trace);
        if (reply.status() != 200) {
            throw new UnexpectedReplyException(reply);
        }
        return Json.readList(reply.body(), Student.class);
    }

    /** A student; empty if the grading service knows none of this id. */
    Optional<Student> student(long id, TraceContext trace) throws IOException {
        var reply = send(Call.get("/students/" + id), trace);
        return switch (reply.status()) {
            case 200 -> Optional.of(Json.read(reply.body(), Student.class));
            case 404 -> Optional.empty();
            default -> throw new UnexpectedReplyException(reply);
        };
    }

    /** Adds a grade; the form has no mistakes. */
    Addition add(long studentId, GradeForm form, TraceContext trace) {
        var call = Call.post("/students/" + studentId + "/grades", "application/json", form.json());
        try {
            return addition(send(call, trace));
        } catch (NoProviderException e) {
            return new Failed(true, "There is no grading service at the moment.");
        } catch (CallFailedException e) {
            return new Failed(e.isSurelyNotDone(), "The grading service doesn't answer.");
        }
    }

    private static Addition addition(Reply reply) {
        var status = reply.status();
        if (status >= 200 && status < 300) {
            return new Stored();
        }
        if (status == 404) {
            return new NoSuchStudent();
        }
        if (status >= 400 && status < 500) {
            return new Refused(Refusal.mistakes(reply));
        }
        var surelyNotDone = status == 503 || status == 507;
        return new Failed(surelyNotDone, "The grading service failed. " + Refusal.reason(reply));
    }

    private Reply send(Call call, TraceContext trace) throws NoProviderException, CallFailedException {
        return caller.call(ServiceName.GRADING, call.with(TraceContext.HEADER, trace.header()));
    }

    /** What became of adding a grade. */
    sealed interface Addition permits Stored, NoSuchStudent, Refused, Failed {}

    /** The grading service has it. */
    record Stored() implements Addition {}

    /** The grading service knows no such student. */
    record NoSuchStudent() implements Addition {}

    /** The grading service found mistakes. */
    record Refused(Mistakes mistakes) implements Addition {}

    /**
     * It didn't come to that.
     *
     * @param isSurelyNotStored whether sending it again can't make it two
     * @param reason a sentence for the teacher
     */
    record Failed(boolean isSurelyNotStored, String reason) implements Addition {}
}

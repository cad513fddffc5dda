package dev.rollcall.http;

import dev.rollcall.wire.Problem;
import java.io.Serial;
import java.util.List;

/** A request that can't be processed; the dispatcher responds with the {@link Problem} that it carries. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final String allow;

    /** Creates an exception with a problem. */
    public ProblemException(Problem problem) {
        this(problem, "");
    }

    private ProblemException(Problem problem, String allow) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.allow = allow;
    }

    /** Returns the problem that the client is sent. */
    public Problem problem() {
        return problem;
    }

    /** Returns the response for programs. */
    Response response() {
        return withHeaders(Response.problem(problem));
    }

    /** Adds the problem's headers to a response in another form. */
    Response withHeaders(Response response) {
        var allowing = allow.isEmpty() ? response : response.with("Allow", allow);
        return problem.status() == 413 ? allowing.with("Connection", "close") : allowing;
    }

    /** 400: the request itself is wrong. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, "Bad request", detail));
    }

    /** 400: fields of the request are wrong. */
    public static ProblemException invalidFields(List<Problem.FieldError> errors) {
        var detail = errors.stream().map(e -> e.field() + " " + e.detail()).toList();
        return new ProblemException(new Problem("Invalid fields", 400, String.join("; ", detail), errors, ""));
    }

    /** 404: the requested resource does not exist. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(404, "Not found", detail));
    }

    /** 405: the resource has other methods. */
    static ProblemException notAllowed(String allow) {
        return new ProblemException(Problem.of(405, "Method not allowed", "allowed here: " + allow), allow);
    }

    /** 413: the body is larger than the limit; the connection is closed after the response. */
    static ProblemException tooLarge(long limitBytes) {
        return new ProblemException(
                Problem.of(413, "Content too large", "a body has at most " + limitBytes + " bytes here"));
    }

    /** 415: the body's coding is not supported. */
    public static ProblemException unsupported(String detail) {
        return new ProblemException(Problem.of(415, "Unsupported media type", detail));
    }

    /** 503: nothing was done, so the client may retry the request. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.of(503, "Service unavailable", detail));
    }
}

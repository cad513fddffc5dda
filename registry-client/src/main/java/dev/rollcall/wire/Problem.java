package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/**
 * Why a request was not done, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the kind of problem in a few words
 * @param detail what was wrong with this request
 * @param errors the mistakes field by field; empty if the problem is not about fields
 * @param requestId the id of this failure in the service's log; empty if the caller made the mistake
 */
@JsonInclude(Include.NON_EMPTY)
public record Problem(String title, int status, String detail, List<FieldError> errors, String requestId) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /** Returns a problem that is not about fields. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(title, status, detail, List.of(), "");
    }

    /**
     * One field's mistake.
     *
     * @param field the field's name as in the request
     * @param detail what is allowed
     */
    public record FieldError(String field, String detail) {}
}

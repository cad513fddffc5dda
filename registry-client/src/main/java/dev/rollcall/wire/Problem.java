package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the kind of problem in a few words
 * @param status the HTTP status
 * @param detail what was wrong with this request
 * @param errors what was wrong field by field; empty if it isn't about fields
 * @param requestId what the service's own log has this failure under; empty if the caller made the mistake
 */
@JsonPropertyOrder({"title", "status", "detail", "errors", "requestId"})
@JsonInclude(Include.NON_EMPTY)
public record Problem(String title, int status, String detail, List<FieldError> errors, String requestId) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies. */
    public Problem {
        errors = List.copyOf(errors);
    }

    @JsonCreator
    static Problem fromWire(
            @JsonProperty("title") @Nullable String title,
            @JsonProperty("status") @Nullable Integer status,
            @JsonProperty("detail") @Nullable String detail,
            @JsonProperty("errors") @Nullable List<FieldError> errors,
            @JsonProperty("requestId") @Nullable String requestId) {
        return new Problem(
                Objects.requireNonNullElse(title, ""),
                status == null ? 0 : status,
                Objects.requireNonNullElse(detail, ""),
                errors == null ? List.of() : errors,
                Objects.requireNonNullElse(requestId, ""));
    }

    /** A problem that isn't about fields. */
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

package dev.rollcall.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/** JSON that is broken or doesn't fit its type. */
public final class MalformedJsonException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String detail;

    MalformedJsonException(String detail) {
        super(detail);
        this.detail = detail;
    }

    MalformedJsonException(JsonProcessingException cause) {
        super(describe(cause), cause);
        this.detail = describe(cause);
    }

    /** What is wrong and where, fit for the one who sent it. */
    public String detail() {
        return detail;
    }

    private static String describe(JsonProcessingException e) {
        var cause = e.getCause();
        var what = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
        var where = e.getLocation();
        return where == null
                ? Objects.toString(what, "broken JSON")
                : "%s (line %d, column %d)".formatted(what, where.getLineNr(), where.getColumnNr());
    }
}

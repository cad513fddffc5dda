package dev.rollcall.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
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

    /** Jackson's own words only about syntax: about types they name our classes, which the sender doesn't know. */
    private static String describe(JsonProcessingException e) {
        var where = e.getLocation();
        return where == null
                ? what(e)
                : String.format(
                        Locale.ROOT, "%s (line %d, column %d)", what(e), where.getLineNr(), where.getColumnNr());
    }

    private static String what(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException misfit)) {
            return Objects.toString(e.getOriginalMessage(), "broken JSON");
        }
        var why = misfit.getCause() instanceof IllegalArgumentException reason && reason.getMessage() != null
                ? reason.getMessage()
                : "not what is expected here";
        var path = pathOf(misfit);
        return path.isEmpty() ? why : path + ": " + why;
    }

    /** {@code Added[0].URL}. */
    private static String pathOf(JsonMappingException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}

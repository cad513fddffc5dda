package dev.rollcall.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Thrown for JSON that is broken or does not fit its type. */
public final class MalformedJsonException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Hints of Jackson's to its developers. */
    private static final Pattern ADVICE = Pattern.compile(", from `[^`]*`|: enable `[^`]*` to allow");

    private final String detail;

    MalformedJsonException(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** Creates one for a field; the name is empty if no field was being read. */
    MalformedJsonException(JsonProcessingException cause, String field) {
        super(describe(cause, field), cause);
        this.detail = describe(cause, field);
    }

    /** Returns place and mistake, in words for the client. */
    public String detail() {
        return detail;
    }

    /** Uses Jackson's words for syntax only: about types they name classes that the client does not know. */
    private static String describe(JsonProcessingException e, String field) {
        var where = e.getLocation();
        return where == null
                ? what(e, field)
                : String.format(
                        Locale.ROOT, "%s (line %d, column %d)", what(e, field), where.getLineNr(), where.getColumnNr());
    }

    private static String what(JsonProcessingException e, String field) {
        if (!(e instanceof JsonMappingException misfit)) {
            return field.isEmpty() ? words(e) : field + ": " + words(e);
        }
        var path = pathOf(misfit);
        if (misfit.getCause() instanceof JsonProcessingException syntax) {
            // without a type of ours, the path ends above the field
            var isWhole = field.isEmpty() || path.endsWith(field);
            return (isWhole ? path : path + "." + field) + ": " + words(syntax);
        }
        var why = misfit.getCause() instanceof IllegalArgumentException reason && reason.getMessage() != null
                ? reason.getMessage()
                : "not what is expected here";
        return path.isEmpty() ? why : path + ": " + why;
    }

    private static String words(JsonProcessingException syntax) {
        return ADVICE.matcher(Objects.toString(syntax.getOriginalMessage(), "broken JSON"))
                .replaceAll("");
    }

    /** Returns a path such as {@code Added[0].URL}. */
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

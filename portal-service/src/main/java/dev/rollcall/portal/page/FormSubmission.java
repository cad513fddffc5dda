package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A submitted form, from one of our pages or from a program.
 *
 * @param request the request that carried it
 * @param fields the fields without the token
 * @param key identifies this submission of these fields, and repeats when the same form is sent again; empty from a
 *     program
 * @param token the token for showing the form again
 */
public record FormSubmission(Request request, Map<String, String> fields, String key, String token) {
    public FormSubmission {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns a field, stripped and with {@code \n} as line end; empty if it is absent. */
    public String field(String name) {
        return fields.getOrDefault(name, "").replace("\r\n", "\n").strip();
    }

    /** Returns whether a page's script sent it and expects JSON, not a page. */
    public boolean isFromScript() {
        return request.header("Accept").orElse("").startsWith("application/json");
    }
}

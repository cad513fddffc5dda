package dev.rollcall.portal.page;

import dev.rollcall.http.Request;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A form that came from one of our pages, or from a program.
 *
 * @param request the request that brought it
 * @param fields its fields without the token
 * @param key names this sending of these fields: the same again when the same is sent again; empty from a program
 * @param token for showing the form again
 */
public record FormSubmission(Request request, Map<String, String> fields, String key, String token) {
    /** Copies. */
    public FormSubmission {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field without spaces around it, its line ends as everywhere but in forms; empty if it is absent. */
    public String field(String name) {
        return fields.getOrDefault(name, "").replace("\r\n", "\n").strip();
    }

    /** Whether the script of a page sent it, which wants no page but what came of it. */
    public boolean isFromScript() {
        return request.header("Accept").orElse("").startsWith("application/json");
    }
}

package dev.rollcall.portal.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.ClientResponse;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads why a service rejected a request: a problem (RFC 9457) or, from a plain service, text. */
public final class ProblemReader {
    private static final int SHOWN_MAX = 500;

    private ProblemReader() {}

    /** Returns the errors of a rejected form by field; without any in these fields, the general reason. */
    public static ValidationErrors validationErrors(ClientResponse response, Collection<String> fields) {
        var byField = new LinkedHashMap<String, String>();
        problem(response).ifPresent(problem -> byField.putAll(fieldErrors(problem, fields)));
        return new ValidationErrors(byField, byField.isEmpty() ? reason(response) : "");
    }

    /** Returns whether a response is a problem document. */
    public static boolean isProblem(ClientResponse response) {
        return problem(response).isPresent();
    }

    /** Returns the service's own words, shortened, with the status. */
    public static String reason(ClientResponse response) {
        var words = problem(response)
                .map(problem -> problem.path("detail").asText(""))
                .filter(detail -> !detail.isBlank())
                .orElseGet(response::text)
                .strip();
        var shown = words.length() > SHOWN_MAX ? words.substring(0, SHOWN_MAX) + "…" : words;
        return "It answered " + response.status() + (shown.isEmpty() ? "." : ": " + shown);
    }

    private static Map<String, String> fieldErrors(JsonNode problem, Collection<String> fields) {
        var byField = new LinkedHashMap<String, String>();
        for (var error : problem.path("errors")) {
            var field = error.path("field").asText("");
            if (fields.contains(field)) {
                byField.put(field, field + " " + error.path("detail").asText("is not accepted") + ".");
            }
        }
        return byField;
    }

    private static Optional<JsonNode> problem(ClientResponse response) {
        if (!response.header("Content-Type").orElse("").contains("json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(response.body(), JsonNode.class));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}

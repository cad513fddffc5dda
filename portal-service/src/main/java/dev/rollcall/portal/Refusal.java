package dev.rollcall.portal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.discovery.Reply;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads why a service didn't do what it was asked, told as a problem (RFC 9457) or, by a plain one, as text. */
final class Refusal {
    private static final int SHOWN_MAX = 500;
    private static final List<String> FIELDS = List.of(GradeForm.TITLE, GradeForm.TYPE, GradeForm.SCORE);

    private Refusal() {}

    /** What a refused form's fields have wrong; what belongs to no field of ours is told in general. */
    static Mistakes mistakes(Reply reply) {
        var byField = new LinkedHashMap<String, String>();
        problem(reply).ifPresent(problem -> byField.putAll(fieldErrors(problem)));
        return new Mistakes(byField, byField.isEmpty() ? reason(reply) : "");
    }

    /** The service's own words, shortened, with the status. */
    static String reason(Reply reply) {
        var words = problem(reply)
                .map(problem -> problem.path("detail").asText(""))
                .filter(detail -> !detail.isBlank())
                .orElseGet(reply::text)
                .strip();
        var shown = words.length() > SHOWN_MAX ? words.substring(0, SHOWN_MAX) + "…" : words;
        return "It answered " + reply.status() + (shown.isEmpty() ? "." : ": " + shown);
    }

    private static Map<String, String> fieldErrors(JsonNode problem) {
        var byField = new LinkedHashMap<String, String>();
        for (var error : problem.path("errors")) {
            var field = error.path("field").asText("");
            if (FIELDS.contains(field)) {
                byField.put(field, field + " " + error.path("detail").asText("is not accepted") + ".");
            }
        }
        return byField;
    }

    private static Optional<JsonNode> problem(Reply reply) {
        if (!reply.header("Content-Type").orElse("").contains("json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(reply.body(), JsonNode.class));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}

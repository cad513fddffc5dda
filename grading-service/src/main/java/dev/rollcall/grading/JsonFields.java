package dev.rollcall.grading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.grading.book.GradeType;
import dev.rollcall.grading.book.Score;
import dev.rollcall.grading.book.TextLimits;
import dev.rollcall.http.ProblemException;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.MalformedJsonException;
import dev.rollcall.wire.Problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The fields of a JSON object in a request, by case-insensitive name; null counts as absent. Collects all invalid
 * fields and reports them together in {@link #check}. Until then, a returned value may be a placeholder.
 */
final class JsonFields {
    private static final Score PLACEHOLDER = new Score(BigDecimal.ZERO);

    private final Map<String, JsonNode> fields = new HashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    private JsonFields(JsonNode object) {
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
        });
    }

    /** Parses a body; throws {@link ProblemException} 400 if it is not a JSON object. */
    static JsonFields of(byte[] body) {
        return new JsonFields(object(body));
    }

    private static JsonNode object(byte[] body) {
        try {
            var json = Json.read(body, JsonNode.class);
            if (json.isObject()) {
                return json;
            }
        } catch (MalformedJsonException e) {
            throw ProblemException.badRequest(e.detail());
        }
        throw ProblemException.badRequest("the body is not a JSON object");
    }

    /** Returns the invalid fields so far. */
    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** Throws {@link ProblemException} 400 with all invalid fields, if there are any. */
    void check() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalidFields(errors);
        }
    }

    String title() {
        return text("Title", TextLimits::isTitle, TextLimits.TITLE_ALLOWED)
                .orElseGet(() -> missing("Title", TextLimits.TITLE_ALLOWED));
    }

    String name(String field) {
        return text(field, TextLimits::isName, TextLimits.NAME_ALLOWED)
                .orElseGet(() -> missing(field, TextLimits.NAME_ALLOWED));
    }

    Optional<String> comment() {
        return text("Comment", TextLimits::isComment, TextLimits.COMMENT_ALLOWED);
    }

    String letter(int lengthMax) {
        var allowed = "must be a text of 1 to " + lengthMax + " characters that is not blank";
        return text("Letter", text -> TextLimits.isName(text) && text.length() <= lengthMax, allowed)
                .orElseGet(() -> missing("Letter", allowed));
    }

    /** Returns the reason for the change; the caller truncates it. */
    Optional<String> reason() {
        return text("Why", text -> true, "must be a text");
    }

    GradeType type() {
        var type = Optional.ofNullable(fields.get("type")).flatMap(node -> GradeType.of(node.asText()));
        if (type.isEmpty()) {
            missing("Type", GradeType.ALLOWED);
        }
        return type.orElse(GradeType.TEST);
    }

    Score score(String field) {
        return optionalScore(field).orElseGet(() -> {
            missing(field, Score.ALLOWED);
            return PLACEHOLDER;
        });
    }

    Optional<Score> optionalScore(String field) {
        var node = node(field);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isNumber() || !Score.isAllowed(node.get().decimalValue())) {
            errors.add(new FieldError(field, Score.ALLOWED));
            return Optional.of(PLACEHOLDER);
        }
        return Optional.of(new Score(node.get().decimalValue()));
    }

    Optional<Boolean> bool(String field) {
        var node = node(field);
        if (node.isPresent() && !node.get().isBoolean()) {
            errors.add(new FieldError(field, "must be true or false"));
        }
        return node.map(JsonNode::asBoolean);
    }

    int number(String field, int absent, int max) {
        var node = node(field);
        if (node.isEmpty()) {
            return absent;
        }
        if (!node.get().isNumber() || !isWhole(node.get().decimalValue(), max)) {
            errors.add(new FieldError(field, "must be a whole number from 0 to " + max));
            return 0;
        }
        return node.get().decimalValue().intValue();
    }

    /** Accepts any notation: 1.0 and 1E0 are 1. */
    private static boolean isWhole(BigDecimal number, int max) {
        return number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(max)) <= 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    void reject(String field, String allowed) {
        if (errors.stream().noneMatch(error -> error.field().equals(field))) {
            errors.add(new FieldError(field, allowed));
        }
    }

    private Optional<String> text(String field, Predicate<String> allows, String allowed) {
        var node = node(field);
        if (node.isPresent()
                && (!node.get().isTextual() || !allows.test(node.get().textValue()))) {
            errors.add(new FieldError(field, allowed));
            return Optional.of("");
        }
        return node.map(JsonNode::textValue);
    }

    private String missing(String field, String allowed) {
        reject(field, allowed);
        return "";
    }

    private Optional<JsonNode> node(String field) {
        return Optional.ofNullable(fields.get(field.toLowerCase(Locale.ROOT)));
    }
}

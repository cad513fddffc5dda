package dev.rollcall.portal.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a form.
 *
 * @param byField what to do about a field, by its name, in the form's order
 * @param general what is wrong with the whole; empty if nothing is
 */
public record ValidationErrors(Map<String, String> byField, String general) {
    /** A form that is right. */
    public static final ValidationErrors NONE = new ValidationErrors(Map.of(), "");

    /** Copies. */
    public ValidationErrors {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    /** Something is wrong with the whole. */
    public static ValidationErrors inGeneral(String what) {
        return new ValidationErrors(Map.of(), what);
    }

    /** Whether the form is right. */
    public boolean areNone() {
        return byField.isEmpty() && general.isEmpty();
    }

    /** Whether a field is wrong. */
    public boolean isIn(String field) {
        return byField.containsKey(field);
    }

    /** Whether a field is the first to be mended, where the page puts the cursor. */
    public boolean isFirst(String field) {
        return byField.keySet().stream().findFirst().equals(Optional.of(field));
    }

    /** What to do about a field; empty if it is right. */
    public String of(String field) {
        return byField.getOrDefault(field, "");
    }
}

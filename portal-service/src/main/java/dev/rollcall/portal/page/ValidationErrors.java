package dev.rollcall.portal.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The errors in a form.
 *
 * @param byField what to correct in a field, by field name, in the form's order
 * @param general the error of the whole form; may be empty
 */
public record ValidationErrors(Map<String, String> byField, String general) {
    public static final ValidationErrors NONE = new ValidationErrors(Map.of(), "");

    public ValidationErrors {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    /** Returns an error of the whole form. */
    public static ValidationErrors ofForm(String what) {
        return new ValidationErrors(Map.of(), what);
    }

    public boolean isEmpty() {
        return byField.isEmpty() && general.isEmpty();
    }

    public boolean isIn(String field) {
        return byField.containsKey(field);
    }

    /** Returns whether a field is the first with an error, where the page puts the cursor. */
    public boolean isFirst(String field) {
        return byField.keySet().stream().findFirst().equals(Optional.of(field));
    }

    /** Returns what to correct in a field; empty if it is valid. */
    public String of(String field) {
        return byField.getOrDefault(field, "");
    }
}

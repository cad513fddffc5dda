package dev.rollcall.portal;

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
record Mistakes(Map<String, String> byField, String general) {
    static final Mistakes NONE = new Mistakes(Map.of(), "");

    /** Copies. */
    Mistakes {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    boolean areNone() {
        return byField.isEmpty() && general.isEmpty();
    }

    boolean isIn(String field) {
        return byField.containsKey(field);
    }

    /** Whether a field is the first to be mended, where the page puts the cursor. */
    boolean isFirst(String field) {
        return byField.keySet().stream().findFirst().equals(Optional.of(field));
    }

    /** What to do about a field; empty if it is right. */
    String of(String field) {
        return byField.getOrDefault(field, "");
    }
}

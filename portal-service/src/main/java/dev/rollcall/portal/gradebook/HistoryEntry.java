package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of a student or a grade.
 *
 * @param id its id
 * @param time the time, if known
 * @param who the user that made it
 * @param what the kind of change, in a few words
 * @param change the differences, as text
 * @param why the reason given; may be empty
 * @param trace the request's trace id
 */
record HistoryEntry(long id, Optional<Instant> time, String who, String what, String change, String why, String trace) {
    private static final Set<String> HIDDEN = Set.of("ID", "Item", "Version", "Time", "Type", "Points", "Average");

    @JsonCreator
    static HistoryEntry fromWire(
            @JsonProperty("ID") long id,
            @JsonProperty("Time") @Nullable Instant time,
            @JsonProperty("Who") String who,
            @JsonProperty("What") String what,
            @JsonProperty("From") @Nullable JsonNode from,
            @JsonProperty("To") @Nullable JsonNode to,
            @JsonProperty("Why") String why,
            @JsonProperty("Trace") String trace) {
        return new HistoryEntry(id, Optional.ofNullable(time), who, what, change(from, to), why, trace);
    }

    private static String change(@Nullable JsonNode from, @Nullable JsonNode to) {
        var names = new LinkedHashSet<String>();
        for (var side : new @Nullable JsonNode[] {from, to}) {
            if (side != null && side.isObject()) {
                side.fieldNames().forEachRemaining(names::add);
            }
        }
        var parts = new ArrayList<String>();
        for (var name : names) {
            var before = text(from, name);
            var after = text(to, name);
            if (!before.equals(after) && !HIDDEN.contains(name)) {
                parts.add(name + ": " + before + " → " + after);
            }
        }
        var title = text(to, "Title").equals("–") ? text(from, "Title") : text(to, "Title");
        var same = text(from, "Title").equals(text(to, "Title")) && !title.equals("–");
        return (same ? title + ", " : "") + String.join(", ", parts);
    }

    /** Returns a number as text; empty for one that would fill the page. */
    static String number(JsonNode value) {
        return Grade.ifShowable(value.decimalValue())
                .map(BigDecimal::toPlainString)
                .orElse("");
    }

    private static String text(@Nullable JsonNode side, String name) {
        if (side == null || !side.isObject()) {
            return "–";
        }
        var value = side.path(name);
        if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
            return "–";
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "yes" : "no";
        }
        var text = value.isNumber() ? number(value) : value.asText();
        return text.isEmpty() ? "–" : text;
    }
}

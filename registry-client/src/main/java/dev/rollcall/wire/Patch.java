package dev.rollcall.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Providers added and removed, as the registry notifies a dependant.
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Patch(
        @JsonDeserialize(contentUsing = LenientElements.class)
        List<Provider> added,

        @JsonDeserialize(contentUsing = LenientElements.class)
        List<Provider> removed) {
    public static final Patch EMPTY = new Patch(List.of(), List.of());

    /** Copies. */
    public Patch {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Returns whether nothing is added and nothing removed. */
    public boolean changesNothing() {
        return added.isEmpty() && removed.isEmpty();
    }
}

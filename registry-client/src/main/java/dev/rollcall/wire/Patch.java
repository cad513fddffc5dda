package dev.rollcall.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Providers added and removed, as the registry tells a dependant.
 *
 * @param added providers that are there now
 * @param removed providers that are there no more
 */
@JsonPropertyOrder({"Added", "Removed"})
public record Patch(
        @JsonProperty("Added") List<Provider> added,
        @JsonProperty("Removed") List<Provider> removed) {
    /** Nothing added, nothing removed. */
    public static final Patch EMPTY = new Patch(List.of(), List.of());

    /** Copies. */
    public Patch {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    @JsonCreator
    static Patch fromWire(
            @JsonProperty("Added") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable Provider> added,
            @JsonProperty("Removed") @JsonDeserialize(contentUsing = LenientElements.class) @Nullable
                    List<@Nullable Provider> removed) {
        return new Patch(present(added), present(removed));
    }

    /** Whether it changes nothing. */
    public boolean changesNothing() {
        return added.isEmpty() && removed.isEmpty();
    }

    private static List<Provider> present(@Nullable List<@Nullable Provider> providers) {
        return providers == null
                ? List.of()
                : providers.stream().filter(Objects::nonNull).toList();
    }
}

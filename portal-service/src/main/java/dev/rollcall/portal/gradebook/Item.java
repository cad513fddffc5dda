package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A graded item.
 *
 * @param id its id; 0 from a plain service, which has only titles
 *
 * @param type the type of work
 * @param points the maximum score
 * @param version rises by one per change
 */
record Item(long id, String title, String type, BigDecimal points, long version) {
    Item {
        Grade.check(points);
    }

    @JsonCreator
    static Item fromWire(
            @JsonProperty("ID") @Nullable Long id,
            @JsonProperty("Title") @Nullable String title,
            @JsonProperty("Type") @Nullable String type,
            @JsonProperty("Points") @Nullable BigDecimal points,
            @JsonProperty("Version") @Nullable Long version) {
        return new Item(
                id == null ? 0 : id,
                title == null ? "" : title,
                type == null ? "" : type,
                points == null ? BigDecimal.valueOf(100) : points,
                version == null ? 0 : version);
    }
}

package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The weight of a type of work.
 *
 * @param name the type
 * @param weight relative to the other types' weights
 * @param dropLowest how many of a student's lowest grades of this type are dropped
 * @param version rises by one per change
 */
record Weight(String name, BigDecimal weight, int dropLowest, long version) {
    Weight {
        Grade.check(weight);
    }

    @JsonCreator
    static Weight fromWire(
            @JsonProperty("Name") @Nullable String name,
            @JsonProperty("Weight") @Nullable BigDecimal weight,
            @JsonProperty("DropLowest") @Nullable Integer dropLowest,
            @JsonProperty("Version") @Nullable Long version) {
        return new Weight(
                name == null ? "" : name,
                weight == null ? BigDecimal.ZERO : weight,
                dropLowest == null ? 0 : dropLowest,
                version == null ? 0 : version);
    }
}

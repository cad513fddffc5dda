package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much a type of work counts.
 *
 * @param name the type
 * @param weight beside the other types' weights
 * @param dropLowest how many of a student's grades of it are left out, the worst ones
 * @param version up by one a change
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

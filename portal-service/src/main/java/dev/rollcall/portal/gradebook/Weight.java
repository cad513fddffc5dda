package dev.rollcall.portal.gradebook;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * The weight of a type of work.
 *
 * @param name the type
 * @param weight relative to the other types' weights
 * @param dropLowest how many of a student's lowest grades of this type are dropped
 * @param version rises by one per change
 */
@JsonNaming(UpperCamelCaseStrategy.class)
record Weight(String name, BigDecimal weight, int dropLowest, long version) {
    Weight {
        weight = Objects.requireNonNullElse(weight, BigDecimal.ZERO);
        Grade.check(weight);
    }
}

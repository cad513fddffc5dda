package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How a type of work counts.
 *
 * @param weight relative to the weights of the other types
 * @param dropLowest how many of a student's grades of this type to drop
 * @param version from 1, raised by each change
 */
@JsonPropertyOrder({"Name", "Weight", "DropLowest", "Version"})
public record TypeRule(
        @JsonProperty("Name") GradeType name,
        @JsonProperty("Weight") Score weight,
        @JsonProperty("DropLowest") int dropLowest,
        @JsonProperty("Version") int version) {
    /** The largest number of dropped grades. */
    public static final int DROP_MAX = 1_000;
}

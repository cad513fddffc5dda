package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How a type of work counts.
 *
 * @param weight relative to those of the other types
 * @param dropLowest how many of a student's grades of this type don't count
 * @param version from 1, one more at each change
 */
@JsonPropertyOrder({"Name", "Weight", "DropLowest", "Version"})
public record TypeRule(
        @JsonProperty("Name") GradeType name,
        @JsonProperty("Weight") Score weight,
        @JsonProperty("DropLowest") int dropLowest,
        @JsonProperty("Version") int version) {
    /** How many may be dropped at most. */
    public static final int DROP_MAX = 1_000;
}

package dev.rollcall.grading.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a type of work counts.
 *
 * @param weight relative to the weights of the other types
 * @param dropLowest how many of a student's grades of this type to drop
 * @param version from 1, raised by each change
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record TypeRule(GradeType name, Score weight, int dropLowest, int version) {
    /** The largest number of dropped grades. */
    public static final int DROP_MAX = 1_000;
}

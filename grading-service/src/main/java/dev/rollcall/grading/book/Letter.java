package dev.rollcall.grading.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.UpperCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One step of the letter scale.
 *
 * @param from the lowest rounded average for this letter
 */
@JsonNaming(UpperCamelCaseStrategy.class)
public record Letter(String letter, Score from) {}

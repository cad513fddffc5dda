package dev.rollcall.grading.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One step of the letter scale.
 *
 * @param from the lowest rounded average for this letter
 */
@JsonPropertyOrder({"Letter", "From"})
public record Letter(
        @JsonProperty("Letter") String letter,
        @JsonProperty("From") Score from) {}

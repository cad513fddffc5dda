package dev.rollcall.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Why one line of a batch was refused.
 *
 * @param line its number in the body, from 1
 * @param sequence the sequence it was sent with; 0 if the batch had none
 * @param detail what is wrong with it
 */
@JsonPropertyOrder({"line", "sequence", "detail"})
record RejectedLine(
        int line, @JsonInclude(Include.NON_DEFAULT) long sequence, String detail) {}

package dev.rollcall.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Why one line of a batch was rejected.
 *
 * @param line the line's number in the body, from 1
 * @param sequence the line's sequence; 0 if the batch is not numbered
 */
@JsonPropertyOrder({"line", "sequence", "detail"})
record RejectedLine(
        int line, @JsonInclude(Include.NON_DEFAULT) long sequence, String detail) {}

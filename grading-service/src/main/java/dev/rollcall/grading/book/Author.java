package dev.rollcall.grading.book;

/**
 * Who makes a change.
 *
 * @param who a person's name; "unknown" if it isn't known
 * @param why the reason; empty if none was given
 * @param trace the trace id of the request
 */
public record Author(String who, String why, String trace) {}

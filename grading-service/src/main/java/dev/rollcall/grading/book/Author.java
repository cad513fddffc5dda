package dev.rollcall.grading.book;

/**
 * The author of a change.
 *
 * @param name "unknown" if the client gives none
 * @param reason empty if the client gives none
 * @param trace the trace id of the request
 */
public record Author(String name, String reason, String trace) {}

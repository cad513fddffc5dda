package dev.rollcall.grading.book;

/**
 * The client's name for a POST, so that a retry is not applied twice.
 *
 * @param value the {@code Idempotency-Key} header
 * @param request a digest of the method, the path and the body
 */
public record IdempotencyKey(String value, String request) {}

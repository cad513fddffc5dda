package dev.rollcall.grading.book;

/**
 * By which its sender names a post, so that it is done once however often it is sent.
 *
 * @param value the sender's word
 * @param request a digest of what was posted and where
 */
public record IdempotencyKey(String value, String request) {}

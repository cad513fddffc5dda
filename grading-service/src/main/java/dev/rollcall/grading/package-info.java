/**
 * The grading service: the gradebook over HTTP, as {@code docs/protocol.md} gives it.
 *
 * <p>Start at {@link dev.rollcall.grading.GradingService}. Uses {@code host}, {@code http}, {@code wire}, and its own
 * packages {@code book} (what a gradebook is), {@code store} (where its tables are), {@code sums} (what grades add up to)
 * and {@code csv}. Here is only what translates requests into calls and what comes back into answers.
 */
@NullMarked
package dev.rollcall.grading;

import org.jspecify.annotations.NullMarked;

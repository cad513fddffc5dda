/**
 * The grading service: the gradebook over HTTP, as {@code docs/protocol.md} specifies.
 *
 * <p>Start at {@link dev.rollcall.grading.GradingService}. Uses {@code host}, {@code http}, {@code wire}, and the
 * subpackages {@code book} (the domain), {@code store} (its tables), {@code sums} (averages and statistics) and
 * {@code csv}. This package only translates requests into calls, and results into responses.
 */
@NullMarked
package dev.rollcall.grading;

import org.jspecify.annotations.NullMarked;

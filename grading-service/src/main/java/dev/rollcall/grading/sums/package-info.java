/**
 * What grades add up to: averages, drops, letters, statistics. Pure and exact; numbers are whole millionths, and only
 * what is shown is rounded.
 *
 * <p>Start at {@link dev.rollcall.grading.sums.WeightedAverage}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.grading.sums;

import org.jspecify.annotations.NullMarked;

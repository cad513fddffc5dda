/**
 * The arithmetic of grades: averages, drops, statistics. Pure and exact: numbers are whole millionths, and only results
 * for display are rounded.
 *
 * <p>Start at {@link dev.rollcall.grading.sums.WeightedAverage}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.grading.sums;

import org.jspecify.annotations.NullMarked;

/**
 * Tables as text (RFC 4180), in and out, with cells that can't run as formulas.
 *
 * <p>Start at {@link dev.rollcall.grading.csv.Csv}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.grading.csv;

import org.jspecify.annotations.NullMarked;

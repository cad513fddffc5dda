/**
 * Reads and writes tables as text (RFC 4180), with cells that cannot run as formulas.
 *
 * <p>Start at {@link dev.rollcall.grading.csv.Csv}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.grading.csv;

import org.jspecify.annotations.NullMarked;

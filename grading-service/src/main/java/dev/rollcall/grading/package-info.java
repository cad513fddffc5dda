/**
 * Students and their grades, kept in memory and served as {@code docs/protocol.md} gives them.
 *
 * <p>Start at {@link dev.rollcall.grading.GradingService}. Uses {@code host}, {@code http} and {@code wire}. What a
 * grade is and which ones are taken ({@link dev.rollcall.grading.Grade}, {@link dev.rollcall.grading.SubmittedGrade})
 * knows nothing of HTTP; where grades are kept is behind {@link dev.rollcall.grading.Gradebook}.
 */
@NullMarked
package dev.rollcall.grading;

import org.jspecify.annotations.NullMarked;

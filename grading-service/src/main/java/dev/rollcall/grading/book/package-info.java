/**
 * The gradebook: what is in it, who may change what, what each change leaves in its history. Knows nothing of HTTP.
 *
 * <p>Start at {@link dev.rollcall.grading.book.Gradebook}. What is read comes from a
 * {@link dev.rollcall.grading.book.Roster}, an image of the tables in memory; what is written goes to the tables in one
 * transaction with its entry in the history. Uses {@code store}, {@code sums}, {@code csv} and {@code wire}.
 */
@NullMarked
package dev.rollcall.grading.book;

import org.jspecify.annotations.NullMarked;

/**
 * The gradebook: students, items, grades, and the history of their changes. Independent of HTTP.
 *
 * <p>Start at {@link dev.rollcall.grading.book.Gradebook}. Reads use a {@link dev.rollcall.grading.book.Roster}, an
 * image of the tables in memory. A change and its history entry are written in one transaction. Uses {@code store},
 * {@code sums}, {@code csv} and {@code wire}.
 */
@NullMarked
package dev.rollcall.grading.book;

import org.jspecify.annotations.NullMarked;

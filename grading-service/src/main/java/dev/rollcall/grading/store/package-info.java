/**
 * Where the gradebook's tables are: one store, two engines (SQLite and PostgreSQL), numbered migrations, writes that
 * share a commit.
 *
 * <p>Start at {@link dev.rollcall.grading.store.Store}. Uses {@code disk} and JDBC; knows nothing of grades but the
 * tables' making.
 */
@NullMarked
package dev.rollcall.grading.store;

import org.jspecify.annotations.NullMarked;

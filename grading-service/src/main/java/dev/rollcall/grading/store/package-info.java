/**
 * The gradebook's tables: one store, two engines (SQLite and PostgreSQL), numbered migrations, group commit.
 *
 * <p>Start at {@link dev.rollcall.grading.store.Store}. Uses {@code disk} and JDBC. Independent of the domain, except
 * for the migrations that create the tables.
 */
@NullMarked
package dev.rollcall.grading.store;

import org.jspecify.annotations.NullMarked;

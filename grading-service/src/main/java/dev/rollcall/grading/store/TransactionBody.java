package dev.rollcall.grading.store;

import java.sql.SQLException;

/**
 * What is done with the tables in one transaction.
 *
 * @param <S> {@link Session} to read, {@link Transaction} to write
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface TransactionBody<S, T> {
    /** Does it. An exception undoes what it did, and is passed on. */
    T on(S session) throws SQLException;
}

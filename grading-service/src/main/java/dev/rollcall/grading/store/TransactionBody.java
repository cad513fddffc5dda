package dev.rollcall.grading.store;

import java.sql.SQLException;

/**
 * Code that runs in one transaction.
 *
 * @param <S> {@link Session} to read, {@link Transaction} to write
 * @param <T> the result
 */
@FunctionalInterface
public interface TransactionBody<S, T> {
    /** Runs the code. An exception rolls its writes back and reaches the caller. */
    T run(S session) throws SQLException;
}

package dev.rollcall.grading.store;

/**
 * How the two databases are spoken to differently.
 *
 * @param folder of the migrations among the resources
 * @param lockClause what is appended to a query that locks the rows it reads
 * @param migrationLock run first in the transaction that migrates, so that of several instances one does; empty for
 *     nothing
 * @param tableCount counts the tables of a name
 * @param migrationTable makes the table of the steps that were run
 * @param texts how texts stand in the tables
 */
record Dialect(
        String folder,
        String lockClause,
        String migrationLock,
        String tableCount,
        String migrationTable,
        StoredText texts) {
    static final Dialect SQLITE = new Dialect(
            "sqlite",
            "",
            "",
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?",
            "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT",
            StoredText.PLAIN);

    /** The lock is a number that stands for this suite's gradebook; it is held to the end of the transaction. */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql",
            " FOR UPDATE",
            "SELECT pg_advisory_xact_lock(7265676973747279)",
            "SELECT count(to_regclass(?))",
            "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
            StoredText.WITHOUT_NUL);
}

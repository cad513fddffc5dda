package dev.rollcall.grading.store;

/**
 * The SQL that differs between the two databases.
 *
 * @param folder the resource folder of the migrations
 * @param lockClause appended to a query to lock the rows it reads
 * @param migrationLock the statement that lets only one instance migrate; empty if none is needed
 * @param tableCount the query that counts the tables of a name
 * @param migrationTable the statement that creates the table of completed steps
 * @param texts the encoding of texts
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

    /** The advisory lock has an arbitrary fixed number. It is held until the end of the transaction. */
    static final Dialect POSTGRESQL = new Dialect(
            "postgresql",
            " FOR UPDATE",
            "SELECT pg_advisory_xact_lock(7265676973747279)",
            "SELECT count(to_regclass(?))",
            "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
            StoredText.WITHOUT_NUL);
}

package dev.rollcall.grading;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.Readers;
import java.util.Map;

/**
 * The grading service's settings.
 *
 * @param host those that every service has
 * @param database the URL of a PostgreSQL database; empty for SQLite's file in the data directory
 * @param databaseBytesMax how large SQLite's file may become
 * @param withSamples whether a newly made store is given the sample students
 * @param gradesMax how many grades the gradebook holds at most
 */
record GradingSettings(HostSettings host, String database, long databaseBytesMax, boolean withSamples, int gradesMax) {
    private static final String POSTGRES = "jdbc:postgresql:";

    /** Reads them, or ends the process after {@code --help}, {@code --version} or a mistake. */
    static GradingSettings parseOrExit(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare("grading-service", "Keeps students and their grades.", 8081)
                .option(
                        "database",
                        "",
                        GradingSettings::postgres,
                        "jdbc:postgresql://… for PostgreSQL; SQLite in --data if empty")
                .option("database-max", "16GiB", Readers::bytes, "largest SQLite file; what needs more gets 507")
                .flag("no-samples", "begin a new gradebook without the sample students")
                .option(
                        "grades-max",
                        "1000000",
                        Readers.wholeNumber(1, 100_000_000),
                        "grades kept at most; more get 507")
                .parseOrExit(args, environment);
        return new GradingSettings(
                HostSettings.from(parsed),
                parsed.get("database", String.class),
                parsed.get("database-max", Long.class),
                !parsed.has("no-samples"),
                parsed.get("grades-max", Integer.class));
    }

    private static String postgres(String text) {
        if (!text.isEmpty() && !text.startsWith(POSTGRES)) {
            throw new IllegalArgumentException("a URL that begins with " + POSTGRES + ", or nothing");
        }
        return text;
    }
}

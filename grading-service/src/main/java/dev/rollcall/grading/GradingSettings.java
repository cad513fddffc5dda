package dev.rollcall.grading;

import dev.rollcall.host.HostSettings;
import dev.rollcall.host.PublishedSettings;
import dev.rollcall.host.SettingParsers;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The grading service's settings.
 *
 * @param host the settings common to all services
 * @param database the URL of a PostgreSQL database; empty for SQLite in the data directory
 * @param databaseBytesMax the largest size of the SQLite file
 * @param withSamples whether a new gradebook starts with the sample students
 * @param gradesMax the largest number of grades in the gradebook
 * @param restore the backup that replaces the SQLite file, after which the process exits; empty to serve
 */
record GradingSettings(
        HostSettings host, String database, long databaseBytesMax, boolean withSamples, int gradesMax, String restore) {
    private static final String POSTGRES = "jdbc:postgresql:";
    /** Hosts with ports, and the database name. A URL with a user or a password does not match. */
    private static final Pattern PUBLIC_URL =
            Pattern.compile(POSTGRES + "(//[\\w.,\\[\\]-]*(:\\d+(,[\\w.-]+)?)*/?)?[\\w.%-]*");

    /** Parses the settings; exits after {@code --help}, {@code --version} or an invalid setting. */
    static GradingSettings parseOrExit(String[] args, Map<String, String> environment) {
        var parsed = HostSettings.declare("grading-service", "Keeps students and their grades.", 8081)
                .option(
                        "database",
                        "",
                        GradingSettings::postgres,
                        "jdbc:postgresql://… for PostgreSQL; SQLite in --data if empty")
                .option(
                        "database-max",
                        "16GiB",
                        SettingParsers::bytes,
                        "largest SQLite file; changes beyond it get 507")
                .flag("no-samples", "begin a new gradebook without the sample students")
                .option(
                        "grades-max",
                        "1000000",
                        SettingParsers.wholeNumber(1, 100_000_000),
                        "grades kept; further ones get 507")
                .option("restore", "", GradingSettings::file, "replace the SQLite file by this backup, and exit")
                .parseOrExit(args, environment);
        if (!parsed.get("restore", String.class).isEmpty()
                && !parsed.get("database", String.class).isEmpty()) {
            System.err.println("grading-service: --restore is for SQLite; PostgreSQL has pg_restore");
            System.exit(2);
        }
        return new GradingSettings(
                HostSettings.from(parsed),
                parsed.get("database", String.class),
                parsed.get("database-max", Long.class),
                !parsed.has("no-samples"),
                parsed.get("grades-max", Integer.class),
                parsed.get("restore", String.class));
    }

    /** Returns whether the gradebook is in SQLite, not in PostgreSQL. */
    boolean isSqlite() {
        return database.isEmpty();
    }

    /** Returns the database URL without its query part, which may hold a password. */
    String databaseWithoutSecrets() {
        var end = database.indexOf('?');
        var url = end < 0 ? database : database.substring(0, end);
        return PUBLIC_URL.matcher(url).matches() ? url : POSTGRES + "…";
    }

    /** Returns the settings that the service publishes with its registration. */
    PublishedSettings published() {
        var limits = PublishedSettings.NONE.with("grades-max", gradesMax).with("samples", withSamples ? "yes" : "no");
        return isSqlite()
                ? PublishedSettings.NONE
                        .with("engine", "SQLite")
                        .withBytes("database-max", databaseBytesMax)
                        .and(limits)
                : PublishedSettings.NONE
                        .with("engine", "PostgreSQL")
                        .with("database", databaseWithoutSecrets())
                        .and(limits);
    }

    private static String file(String text) {
        try {
            return Path.of(text).toString();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a file's name", e);
        }
    }

    private static String postgres(String text) {
        if (!text.isEmpty() && !text.startsWith(POSTGRES)) {
            throw new IllegalArgumentException("a URL that begins with " + POSTGRES + ", or nothing");
        }
        return text;
    }
}

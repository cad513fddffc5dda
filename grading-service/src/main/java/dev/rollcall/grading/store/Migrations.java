package dev.rollcall.grading.store;

import dev.rollcall.grading.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** The numbered steps that create the tables. Runs each step once, and records it with its checksum. */
final class Migrations {
    private static final List<String> NAMES = List.of("0001-gradebook");

    private final Dialect dialect;
    private final List<Step> steps;

    private Migrations(Dialect dialect, List<Step> steps) {
        this.dialect = dialect;
        this.steps = steps;
    }

    /** Returns the steps of this program. */
    static Migrations of(Dialect dialect) {
        return of(dialect, NAMES.stream().map(name -> Step.read(dialect, name)).toList());
    }

    static Migrations of(Dialect dialect, List<Step> steps) {
        return new Migrations(dialect, steps);
    }

    /**
     * Runs the missing steps. Returns whether the tables are new.
     *
     * @throws StoreException if the tables are of a newer or another program
     */
    boolean run(Session session) throws SQLException {
        if (!dialect.migrationLock().isEmpty()) {
            session.each(dialect.migrationLock(), row -> {});
        }
        var isNew = session.number(dialect.tableCount(), "migration") == 0;
        if (isNew) {
            session.script(dialect.migrationTable());
        }
        var done = session.list(
                "SELECT number, name, checksum FROM migration ORDER BY number",
                row -> new Done(row.integer(1), row.text(2), row.text(3)));
        done.forEach(this::check);
        for (var step : steps.subList(done.size(), steps.size())) {
            session.script(step.sql());
            session.update(
                    "INSERT INTO migration VALUES (?, ?, ?)",
                    steps.indexOf(step) + 1,
                    step.name(),
                    checksum(step.sql()));
        }
        return isNew;
    }

    private void check(Done done) {
        if (done.number() > steps.size()) {
            throw new StoreException(
                    Kind.UNUSABLE,
                    "a newer program made its tables (step " + done.number() + ", " + done.name() + "; this one knows "
                            + steps.size() + ")");
        }
        var step = steps.get(done.number() - 1);
        if (!checksum(step.sql()).equals(done.checksum())) {
            throw new StoreException(
                    Kind.UNUSABLE,
                    "its tables were made by another step " + done.number() + " (" + done.name()
                            + ") than this program's");
        }
    }

    private static String checksum(String sql) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Done(int number, String name, String checksum) {}

    /**
     * One step.
     *
     * @param sql statements, each ended by a semicolon at the end of a line
     */
    record Step(String name, String sql) {
        static Step read(Dialect dialect, String name) {
            var resource = dialect.folder() + "/" + name + ".sql";
            try (var in = Migrations.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("the jar lacks " + resource);
                }
                return new Step(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

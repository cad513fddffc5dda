package dev.rollcall.grading.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The engines, each with databases for tests. */
public enum Database {
    /** A file in a directory. */
    SQLITE {
        @Override
        public String newLocation(Path directory) {
            return directory.toString();
        }

        @Override
        public Store open(String place, TransactionBody<Transaction, ?> seed) {
            return Store.sqlite(Path.of(place), Long.MAX_VALUE >> 20, seed);
        }
    },

    /** A database of a real server, which this JVM starts once. */
    POSTGRESQL {
        @Override
        public String newLocation(Path directory) {
            return Server.newDatabase();
        }

        @Override
        public Store open(String place, TransactionBody<Transaction, ?> seed) {
            return Store.postgres(place, seed);
        }
    };

    /** Where a new database may be. */
    public abstract String newLocation(Path directory);

    /** Opens or makes the database of a place. */
    public abstract Store open(String place, TransactionBody<Transaction, ?> seed);

    private static final class Server {
        private static final AtomicInteger COUNT = new AtomicInteger();
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static String newDatabase() {
            var name = "grading" + COUNT.incrementAndGet();
            try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return POSTGRES.getJdbcUrl("postgres", name);
        }
    }
}

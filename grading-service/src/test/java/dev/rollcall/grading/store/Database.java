package dev.rollcall.grading.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates databases for tests, on each engine. */
public enum Database {
    SQLITE {
        @Override
        public String newLocation(Path directory) {
            return directory.toString();
        }

        @Override
        public Store open(String location, TransactionBody<Transaction, ?> seed) {
            return Store.sqlite(Path.of(location), Long.MAX_VALUE >> 20, seed);
        }
    },

    /** Uses a real server, which this JVM starts once. */
    POSTGRESQL {
        @Override
        public String newLocation(Path directory) {
            return Server.newDatabase();
        }

        @Override
        public Store open(String location, TransactionBody<Transaction, ?> seed) {
            return Store.postgres(location, seed);
        }
    };

    /** Returns the location of a new database: a directory or a URL. */
    public abstract String newLocation(Path directory);

    /** Opens or creates the database at a location. */
    public abstract Store open(String location, TransactionBody<Transaction, ?> seed);

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

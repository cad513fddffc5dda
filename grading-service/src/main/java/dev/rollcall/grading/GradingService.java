package dev.rollcall.grading;

import dev.rollcall.grading.book.Gradebook;
import dev.rollcall.grading.store.Restore;
import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.host.ServiceHost;
import dev.rollcall.host.SmallHeap;
import dev.rollcall.wire.ServiceName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

/** Runs the grading service: starts it on its store, or restores a backup and exits. */
public final class GradingService {
    /** The process stays below 256 MB with a school of 10,000 students, including what the JVM itself needs. */
    private static final long HEAP_BYTES = 128L << 20;

    private GradingService() {}

    /** Runs until Enter or a signal; {@code --help} lists the settings. */
    public static void main(String[] args) {
        SmallHeap.arrange();
        SmallHeap.keepBelow(HEAP_BYTES);
        var settings = GradingSettings.parseOrExit(args, System.getenv());
        if (!settings.restore().isEmpty()) {
            System.exit(restore(Path.of(settings.restore()), settings.host().data()));
        }
        var clock = InstantSource.system();
        var gradebook = Gradebook.on(openOrExit(settings, clock), clock, settings.gradesMax());
        gradebook.warmUp();
        ServiceHost.of(ServiceName.GRADING, settings.host())
                .requires(ServiceName.LOG)
                .serves(GradingRoutes.over(gradebook, clock))
                .publishes(settings.published())
                .healthReasons(gradebook::healthReasons)
                .measures(text -> text.gauge("rollcall_database_bytes", "Size of the database.", gradebook.bytes()))
                .closes(gradebook)
                .runUntilStopped();
    }

    private static int restore(Path backup, Path directory) {
        try {
            var restored = Restore.restore(backup, directory);
            System.out.printf(
                    Locale.ROOT,
                    "restored %d students and %d grades from %s in %s%n",
                    restored.students(),
                    restored.grades(),
                    backup,
                    directory);
            return 0;
        } catch (StoreException e) {
            System.err.printf(
                    Locale.ROOT,
                    "grading-service: can't restore %s in %s (%s); nothing was changed%n",
                    backup,
                    directory,
                    e.getMessage());
            return 1;
        }
    }

    private static Store openOrExit(GradingSettings settings, InstantSource clock) {
        var location = settings.isSqlite() ? settings.host().data().toString() : settings.databaseWithoutSecrets();
        try {
            var seed = Gradebook.seed(settings.withSamples(), clock);
            var store = settings.isSqlite()
                    ? Store.sqlite(settings.host().data(), settings.databaseBytesMax(), seed)
                    : Store.postgres(settings.database(), seed);
            if (store.isNew()) {
                System.out.println("new gradebook in " + location
                        + (settings.withSamples() ? ", with the five sample students" : ", without students"));
            }
            return store;
        } catch (StoreException e) {
            System.err.printf(
                    Locale.ROOT,
                    "grading-service: can't keep grades in %s (%s); choose another with --data or --database%n",
                    location,
                    e.getMessage());
            System.exit(1);
            throw new IllegalStateException("the process has ended", e);
        }
    }
}

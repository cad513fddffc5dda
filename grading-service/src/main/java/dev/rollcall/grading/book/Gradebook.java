package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.Transaction;
import dev.rollcall.grading.store.TransactionBody;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Students and their grades. Reads return committed state. A change is on disk when its method returns. A change based
 * on an outdated version is rejected, with the current state. Thread-safe.
 */
public final class Gradebook implements AutoCloseable {
    private static final Author PROGRAM = new Author("grading-service", "samples of a new gradebook", "");

    private final Store store;
    private final RosterCache rosterCache;
    private final StudentCommands studentCommands;
    private final GradeCommands gradeCommands;
    private final GradingScheme gradingScheme;
    private final SheetCommands sheetCommands;
    private final ChangeLog changeLog;

    private Gradebook(Store store, InstantSource clock, int gradesMax) {
        var runner = new ChangeRunner(store, clock);
        this.store = store;
        this.rosterCache = new RosterCache(store);
        this.studentCommands = new StudentCommands(runner, rosterCache);
        this.gradeCommands = new GradeCommands(runner, gradesMax);
        this.gradingScheme = new GradingScheme(runner);
        this.sheetCommands = new SheetCommands(runner, rosterCache, gradesMax);
        this.changeLog = new ChangeLog(store, runner, rosterCache);
    }

    /** Creates a gradebook that owns and closes the store, and holds at most {@code gradesMax} grades. */
    public static Gradebook on(Store store, InstantSource clock, int gradesMax) {
        return new Gradebook(store, clock, gradesMax);
    }

    /** Returns the initial content of a new store: the sample students, or nothing. */
    public static TransactionBody<Transaction, Integer> seed(boolean withSamples, InstantSource clock) {
        return transaction -> {
            if (withSamples) {
                SampleStudents.addTo(new RecordedChange(transaction, PROGRAM, clock.instant()));
            }
            return 0;
        };
    }

    /** Reads the gradebook in the background, so that the first request waits less. */
    public void warmUp() {
        rosterCache.warmUp();
    }

    /** Returns the revision of the last commit. Reads at the same revision return the same data. */
    public long revision() {
        return store.revision();
    }

    /** Returns the roster of at least the current revision. */
    public Roster roster() {
        return rosterCache.roster();
    }

    /** Returns a roster of at least the current revision that may contain only this student. */
    public Roster rosterWith(int student) {
        return rosterCache.rosterWith(student);
    }

    public StudentCommands students() {
        return studentCommands;
    }

    public GradeCommands grades() {
        return gradeCommands;
    }

    public GradingScheme scheme() {
        return gradingScheme;
    }

    public SheetCommands sheets() {
        return sheetCommands;
    }

    public ChangeLog changeLog() {
        return changeLog;
    }

    /** Copies the gradebook into a file; empty on PostgreSQL, which has its own tools for that. */
    public Optional<Path> backup(String name) {
        return store.backup(name);
    }

    /** Returns the size of the database in bytes, or 0 if unknown. */
    public long bytes() {
        return store.bytes().orElse(0);
    }

    /** Returns the reasons why the gradebook is unhealthy; empty if it is healthy. */
    public List<String> healthReasons() {
        return store.healthReasons();
    }

    @Override
    public void close() {
        store.close();
    }
}

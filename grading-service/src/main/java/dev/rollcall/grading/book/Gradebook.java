package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.Transaction;
import dev.rollcall.grading.store.TransactionBody;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Students and their grades. What is read is the newest that is committed; what a change returns is on disk. Several
 * may change things at once: who has seen an older version of what is to be changed is told so. Thread-safe.
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
        var changeRunner = new ChangeRunner(store, clock);
        this.store = store;
        this.rosterCache = new RosterCache(store);
        this.studentCommands = new StudentCommands(changeRunner, rosterCache);
        this.gradeCommands = new GradeCommands(changeRunner, gradesMax);
        this.gradingScheme = new GradingScheme(changeRunner);
        this.sheetCommands = new SheetCommands(changeRunner, rosterCache, gradesMax);
        this.changeLog = new ChangeLog(store, changeRunner, rosterCache);
    }

    /** A gradebook on a store, which it closes; at most so many grades are taken. */
    public static Gradebook on(Store store, InstantSource clock, int gradesMax) {
        return new Gradebook(store, clock, gradesMax);
    }

    /** What a newly made store is given to begin with: the sample students, or nothing. */
    public static TransactionBody<Transaction, Integer> seed(boolean withSamples, InstantSource clock) {
        return transaction -> {
            if (withSamples) {
                SampleStudents.addTo(new RecordedChange(transaction, PROGRAM, clock.instant()));
            }
            return 0;
        };
    }

    /** Reads all in the background, so that the first who asks waits less. */
    public void prepare() {
        rosterCache.prepare();
    }

    /** The revision of what is committed; as long as it stays, so does all that is read. */
    public long revision() {
        return store.revision();
    }

    /** All, as of now or a moment later. */
    public Roster roster() {
        return rosterCache.roster();
    }

    /** One student as of now or a moment later; of others it may know nothing. */
    public Roster rosterWith(int student) {
        return rosterCache.rosterWith(student);
    }

    /** Where students come and go. */
    public StudentCommands enrolments() {
        return studentCommands;
    }

    /** Where grades are given. */
    public GradeCommands marking() {
        return gradeCommands;
    }

    /** Where items, types and letters are changed. */
    public GradingScheme scheme() {
        return gradingScheme;
    }

    /** Where sheets are taken in. */
    public SheetCommands sheets() {
        return sheetCommands;
    }

    /** What was changed. */
    public ChangeLog past() {
        return changeLog;
    }

    /** Copies the book into a file; empty if its database has its own tools for that. */
    public Optional<Path> backup(String name) {
        return store.backup(name);
    }

    /** How large the database is in bytes, 0 where that isn't known. */
    public long bytes() {
        return store.bytes().orElse(0);
    }

    /** Reasons for being unwell. */
    public List<String> healthReasons() {
        return store.healthReasons();
    }

    @Override
    public void close() {
        store.close();
    }
}

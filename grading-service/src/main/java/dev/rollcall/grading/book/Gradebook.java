package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Session;
import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.grading.store.Transaction;
import dev.rollcall.grading.store.Work;
import dev.rollcall.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Students and their grades. What is read is the newest that is committed; what a change returns is on disk. Several
 * may change things at once: who has seen an older version of what is to be changed is told so. Thread-safe.
 */
public final class Gradebook implements AutoCloseable {
    /** Enough for the commits of others that come in between, and few enough to end. */
    private static final int PLANS_MAX = 10;

    private static final Author PROGRAM = new Author("grading-service", "samples of a new gradebook", "");

    private static final Logger LOG = LoggerFactory.getLogger(Gradebook.class);

    private final Store store;
    private final InstantSource clock;
    private final int gradesMax;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Roster roster;

    private Gradebook(Store store, InstantSource clock, int gradesMax) {
        this.store = store;
        this.clock = clock;
        this.gradesMax = gradesMax;
    }

    /** A gradebook on a store, which it closes; at most so many grades are taken. */
    public static Gradebook on(Store store, InstantSource clock, int gradesMax) {
        return new Gradebook(store, clock, gradesMax);
    }

    /** What a newly made store is given to begin with: the sample students, or nothing. */
    public static Work<Transaction, Integer> seed(boolean withSamples, InstantSource clock) {
        return transaction -> {
            if (withSamples) {
                SampleStudents.addTo(new Change(transaction, PROGRAM, clock.instant()));
            }
            return 0;
        };
    }

    /** Reads all in the background, so that the first who asks waits less. */
    public void prepare() {
        var thread = new Thread(this::readAhead, "gradebook-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAhead() {
        try {
            roster();
        } catch (StoreException e) {
            LOG.atWarn().setCause(e).log("the gradebook can't be read yet; the first who asks has it read");
        }
    }

    /** The revision of what is committed; as long as it stays, so does all that is read. */
    public long revision() {
        return store.revision();
    }

    /** All, as of now or a moment later. */
    public Roster roster() {
        var wanted = store.revision();
        var known = roster;
        if (known != null && known.revision() >= wanted) {
            return known;
        }
        reading.lock();
        try {
            var earlier = roster;
            if (earlier != null && earlier.revision() >= wanted) {
                return earlier;
            }
            var read = store.read(
                    sql -> earlier == null ? RosterReader.readAll(sql) : RosterReader.readSince(earlier, sql));
            roster = read;
            return read;
        } finally {
            reading.unlock();
        }
    }

    /** Adds a student. */
    public Reply addStudent(Author author, Optional<IdempotencyKey> key, String firstName, String lastName) {
        return once(author, key, change -> {
            var person = StudentChanges.add(change, firstName, lastName);
            var average = RosterReader.settings(change.sql()).average(Grades.NONE);
            var student = new Student(person.id(), person.firstName(), person.lastName(), List.of(), false, 1, average);
            return Reply.made(student, tag(1, change), "/students/" + person.id());
        });
    }

    /** Renames a student. */
    public Reply rename(Author author, int student, Versions versions, String firstName, String lastName) {
        return changePerson(
                author, student, versions, (change, now) -> StudentChanges.rename(change, now, firstName, lastName));
    }

    /** Takes a student out of the class, or back. */
    public Reply withdraw(Author author, int student, Versions versions, boolean withdrawn) {
        return changePerson(
                author, student, versions, (change, now) -> StudentChanges.withdraw(change, now, withdrawn));
    }

    /** Adds a grade behind the student's others; an item that isn't there yet is made. */
    public Reply addGrade(
            Author author,
            Optional<IdempotencyKey> key,
            int student,
            String title,
            GradeType type,
            Score score,
            String comment) {
        var edit = new GradeEdit(Optional.of(score), Optional.empty(), Optional.of(comment));
        return once(author, key, change -> {
            person(change.sql(), student);
            var item = SettingChanges.itemOf(change, title, type);
            var grade = GradeChanges.add(change, student, item, edit, gradesMax);
            return Reply.made(grade, tag(1, change), location(student, grade.id()));
        });
    }

    /** Changes a grade. */
    public Reply editGrade(Author author, int student, int grade, Versions versions, GradeEdit edit) {
        return change(author, change -> {
            var now = grade(change.sql(), student, grade);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, tag(now.version(), change));
            }
            var next = GradeChanges.edit(change, student, now, edit);
            return Reply.done(next, tag(next.version(), change));
        });
    }

    /** Takes a grade back; the reply has what it was. */
    public Reply removeGrade(Author author, int student, int grade, Versions versions) {
        return change(author, change -> {
            var now = grade(change.sql(), student, grade);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, tag(now.version(), change));
            }
            GradeChanges.remove(change, student, now);
            return Reply.done(now, tag(now.version(), change));
        });
    }

    /**
     * Sets the grade of a student for an item.
     *
     * @param versions of the latest such grade; empty if there must be none
     */
    public Reply fillCell(Author author, int student, int item, Optional<Versions> versions, GradeEdit edit) {
        return change(author, change -> {
            person(change.sql(), student);
            var of = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            var now = Tables.cell(change.sql(), student, item);
            if (now.isEmpty() && versions.isPresent()) {
                throw new Refusal(Refusal.Kind.OUTDATED, "there is no such grade (any more)");
            }
            if (now.isEmpty()) {
                var made = GradeChanges.add(change, student, of, edit, gradesMax);
                return Reply.made(made, tag(1, change), location(student, made.id()));
            }
            if (versions.isEmpty() || !versions.get().include(now.get().version())) {
                return Reply.outdated(now.get(), tag(now.get().version(), change));
            }
            var next = GradeChanges.edit(change, student, now.get(), edit);
            return Reply.done(next, tag(next.version(), change));
        });
    }

    /** Adds an item. */
    public Reply addItem(Author author, Optional<IdempotencyKey> key, String title, GradeType type, Score points) {
        return once(author, key, change -> {
            refuseDouble(change.sql(), title, type, 0);
            var item = SettingChanges.addItem(change, title, type, points);
            return Reply.made(item, item.version(), "/items/" + item.id());
        });
    }

    /** Changes an item. */
    public Reply changeItem(Author author, int item, Versions versions, String title, GradeType type, Score points) {
        return change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            refuseDouble(change.sql(), title, type, item);
            var next = SettingChanges.changeItem(change, now, title, type, points);
            return Reply.done(next, next.version());
        });
    }

    /** Removes an item that nobody has a grade for. */
    public Reply removeItem(Author author, int item, Versions versions) {
        return change(author, change -> {
            var now = Tables.item(change.sql(), item).orElseThrow(Refusal::noItem);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            if (change.sql().number("SELECT count(*) FROM grade WHERE item = ?", item) > 0) {
                throw new Refusal(Refusal.Kind.CONFLICT, "there are grades for this item");
            }
            SettingChanges.removeItem(change, now);
            return Reply.done(now, now.version());
        });
    }

    /** Changes how a type counts. */
    public Reply changeType(Author author, GradeType type, Versions versions, Score weight, int dropLowest) {
        return change(author, change -> {
            var now = Tables.type(change.sql(), type);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, now.version());
            }
            var next = SettingChanges.changeType(change, now, weight, dropLowest);
            return Reply.done(next, next.version());
        });
    }

    /** Changes the letter scale: highest first, the last from 0. */
    public Reply changeLetters(Author author, Versions versions, List<Letter> letters) {
        return change(author, change -> {
            var now = Tables.letters(change.sql());
            if (!versions.include(version(now))) {
                return Reply.outdated(now, version(now));
            }
            SettingChanges.changeLetters(change, now, letters);
            return Reply.done(letters, version(letters));
        });
    }

    /** What stands for a letter scale, which has no version of its own. */
    public static int version(List<Letter> letters) {
        var sum = new CRC32();
        sum.update(Json.text(letters).getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() & Integer.MAX_VALUE);
    }

    /** The newest changes, newest first, of those with numbers below {@code before}. */
    public List<HistoryEntry> history(int before, int limit) {
        return store.read(sql -> History.newest(sql, before, limit));
    }

    /** Like {@link #history(int, int)}, of one student. */
    public List<HistoryEntry> history(int student, int before, int limit) {
        return store.read(sql -> {
            person(sql, student);
            return History.newest(sql, student, before, limit);
        });
    }

    /** Makes the inverse of a change, as a new one; the reply has the student as of then. */
    public Reply undo(Author author, int student, int entry) {
        change(author, change -> {
            person(change.sql(), student);
            Undo.run(change, student, entry);
            return Reply.done("", "");
        });
        return shown(student, 200);
    }

    /** What a sheet would change. */
    public SheetPlan planSheet(String text) {
        return SheetReader.read(roster(), text);
    }

    /**
     * Does what a sheet would change, all or nothing: nothing if the plan has errors.
     *
     * @param token that of the plan which must still hold; empty if any will do
     */
    public SheetPlan applySheet(Author author, String text, Optional<String> token) {
        for (var i = 0; i < PLANS_MAX; i++) {
            var plan = planSheet(text);
            if (token.isPresent() && !token.get().equals(plan.token())) {
                throw new Refusal(Refusal.Kind.OUTDATED, "the gradebook has been changed since the dry run");
            }
            if (!plan.errors().isEmpty()) {
                return plan;
            }
            if (isApplied(author, plan)) {
                return plan;
            }
        }
        throw new Refusal(Refusal.Kind.CONFLICT, "others change the gradebook all the time; nothing was done");
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
    public List<String> doubts() {
        return store.doubts();
    }

    @Override
    public void close() {
        store.close();
    }

    private boolean isApplied(Author author, SheetPlan plan) {
        return store.write(transaction -> {
            if (!Long.toString(transaction.revision()).equals(plan.token())) {
                return false;
            }
            SheetChanges.run(new Change(transaction, author, clock.instant()), plan, gradesMax);
            return true;
        });
    }

    private Reply change(Author author, Work<Change, Reply> work) {
        return store.write(transaction -> work.on(new Change(transaction, author, clock.instant())));
    }

    private Reply once(Author author, Optional<IdempotencyKey> key, Work<Change, Reply> work) {
        return change(author, change -> {
            if (key.isEmpty()) {
                return work.on(change);
            }
            var known = Answered.find(change.sql(), key.get(), change.now());
            if (known.isPresent()) {
                return known.get();
            }
            var reply = work.on(change);
            Answered.keep(change.sql(), key.get(), reply, change.now());
            return reply;
        });
    }

    private Reply changePerson(Author author, int student, Versions versions, PersonWork work) {
        var reply = change(author, change -> {
            var now = person(change.sql(), student);
            if (!versions.include(now.version())) {
                return Reply.outdated(now, "");
            }
            return Reply.done(work.on(change, now), "");
        });
        return shown(student, reply.status());
    }

    private Reply shown(int student, int status) {
        var now = roster();
        var shown = now.student(student).orElseThrow(Refusal::noStudent);
        return new Reply(status, Json.text(shown), shown.version() + "." + now.revision(), "");
    }

    private static String tag(int version, Change change) {
        return version + "." + change.transaction().revision();
    }

    private static String location(int student, int grade) {
        return "/students/" + student + "/grades/" + grade;
    }

    private static Person person(Session sql, int id) throws SQLException {
        return Tables.person(sql, id).orElseThrow(Refusal::noStudent);
    }

    private static Grade grade(Session sql, int student, int id) throws SQLException {
        person(sql, student);
        return Tables.grade(sql, student, id).orElseThrow(Refusal::noGrade);
    }

    private static void refuseDouble(Session sql, String title, GradeType type, int itself) throws SQLException {
        var same = Tables.item(sql, title, type);
        if (same.isPresent() && same.get().id() != itself) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "there is an item of this title and type; its ID is "
                            + same.get().id());
        }
    }

    @FunctionalInterface
    private interface PersonWork {
        Person on(Change change, Person now) throws SQLException;
    }
}

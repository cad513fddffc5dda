package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.StoreException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caches the newest roster of a store. One of the calling threads reads it once per revision. Thread-safe. */
final class RosterCache {
    private static final Logger LOG = LoggerFactory.getLogger(RosterCache.class);

    private final Store store;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Roster roster;

    RosterCache(Store store) {
        this.store = store;
    }

    /** Reads the gradebook in the background, so that the first request waits less. */
    void warmUp() {
        var thread = new Thread(this::readAhead, "gradebook-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAhead() {
        try {
            roster();
        } catch (StoreException e) {
            LOG.atWarn().setCause(e).log("the gradebook can't be read yet; the first request will read it");
        }
    }

    /** Returns the roster of at least the current revision. */
    Roster roster() {
        var current = store.revision();
        var cached = roster;
        if (cached != null && cached.revision() >= current) {
            return cached;
        }
        reading.lock();
        try {
            var earlier = roster;
            if (earlier != null && earlier.revision() >= current) {
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

    /** Returns a roster with this student. Until the first full read, it contains only this student. */
    Roster rosterWith(int student) {
        return roster == null ? store.read(sql -> RosterReader.readOne(sql, student)) : roster();
    }

    /** Returns the result of a change to a student, with the student's current state. */
    ChangeResult result(int id, boolean isChanged) {
        var current = rosterWith(id);
        var student = current.student(id).orElseThrow(ChangeRefusedException::noStudent);
        var tag = student.version() + "." + current.revision();
        return isChanged ? ChangeResult.done(student, tag) : ChangeResult.outdated(student, tag);
    }
}

package dev.rollcall.grading.book;

import dev.rollcall.grading.store.Store;
import dev.rollcall.grading.store.StoreException;
import dev.rollcall.wire.Json;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest roster of a store: read once for each revision, by one of those who ask. Thread-safe. */
final class RosterCache {
    private static final Logger LOG = LoggerFactory.getLogger(RosterCache.class);

    private final Store store;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Roster roster;

    RosterCache(Store store) {
        this.store = store;
    }

    /** Reads all in the background, so that the first who asks waits less. */
    void prepare() {
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

    /** All, as of now or a moment later. */
    Roster roster() {
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

    /** One student, for whom nobody waits until all are read at the start. */
    Roster rosterWith(int student) {
        return roster == null ? store.read(sql -> RosterReader.readOne(sql, student)) : roster();
    }

    /** A student after a change. */
    ChangeResult student(int id, int status) {
        var now = rosterWith(id);
        var shown = now.student(id).orElseThrow(ChangeRefusedException::noStudent);
        return new ChangeResult(status, Json.text(shown), shown.version() + "." + now.revision(), "");
    }
}

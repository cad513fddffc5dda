package dev.rollcall.grading.store;

import dev.rollcall.disk.DirectoryGoneException;
import dev.rollcall.grading.store.StoreException.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits concurrent writes in groups: while one group is synced, the next one queues up. Each write has a savepoint,
 * so that its failure does not affect the rest of its group. Owns the single writer thread.
 */
final class GroupWriter implements AutoCloseable {
    static final int COMMIT_SECONDS_MAX = 60;
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int PENDING_MAX = 10_000;
    private static final int GROUP_MAX = 512;
    private static final long WAIT_MILLIS_MAX = 10_000;
    private static final long POLL_MILLIS = 500;

    private final Engine engine;
    private final BlockingQueue<PendingWrite<?>> queue = new ArrayBlockingQueue<>(PENDING_MAX);
    private final Thread thread = new Thread(this::run, "gradebook-writer");
    private volatile long revision;
    private volatile boolean isClosed;
    private volatile String failure = "";
    private boolean isDirectoryGone;

    GroupWriter(Engine engine, long revision) {
        this.engine = engine;
        this.revision = revision;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns the revision of the last commit. */
    long revision() {
        return revision;
    }

    /** Returns why the database takes no writes; empty if it does. */
    String failure() {
        return failure;
    }

    /** Runs a write, and returns when it is on disk. */
    <T> T write(TransactionBody<Transaction, T> body) {
        var write = new PendingWrite<>(body);
        if (isClosed || !queue.offer(write)) {
            throw new StoreException(Kind.UNAVAILABLE, "too many writes are pending; nothing was done");
        }
        return write.await(WAIT_MILLIS_MAX);
    }

    /** Commits the pending writes, then ends the thread. */
    @Override
    public void close() {
        isClosed = true;
        // wakes the writer thread; with a full queue it is awake anyway
        wake();
        try {
            TimeUnit.SECONDS.timedJoin(thread, COMMIT_SECONDS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var late = new ArrayList<PendingWrite<?>>();
        queue.drainTo(late);
        failAll(late, new StoreException(Kind.UNAVAILABLE, "the store is closed; nothing was done"));
    }

    private void wake() {
        var wakeUp = new PendingWrite<>(transaction -> 0);
        if (wakeUp.acquire() && !queue.offer(wakeUp)) {
            LOG.atDebug().log("the writer has a full queue to commit before it ends");
        }
    }

    private void run() {
        var group = new ArrayList<PendingWrite<?>>();
        while (!isClosed || !queue.isEmpty()) {
            try {
                group.clear();
                var first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    verify();
                } else {
                    group.add(first);
                    queue.drainTo(group, GROUP_MAX - 1);
                    group.removeIf(write -> !write.acquire());
                    if (!group.isEmpty()) {
                        commit(group);
                    }
                }
            } catch (InterruptedException e) {
                failure = "the writer thread has ended; restart the service";
                isClosed = true;
                LOG.atError().setCause(e).log("the writer thread was interrupted unexpectedly; restart the service");
                return;
            } catch (RuntimeException | Error e) {
                failed(group, e);
            }
        }
    }

    /** Detects, while idle, a directory that was moved away or back. */
    private void verify() {
        try {
            engine.verify();
            if (isDirectoryGone) {
                recovered();
            }
        } catch (SQLException e) {
            fail(List.of(), engine.kind(e), e);
        }
    }

    private void failed(List<PendingWrite<?>> group, Throwable thrown) {
        try {
            failure = "writing failed";
            failAll(group, new StoreException(Kind.UNKNOWN, "writing failed", thrown));
            LOG.atError().setCause(thrown).log("writing to the gradebook failed");
        } catch (RuntimeException | Error e) {
            // no memory to log it: /health has the reason, and the callers' waits are bounded
            failure = "writing failed";
        }
    }

    private void commit(List<PendingWrite<?>> group) {
        Session session;
        try {
            engine.verify();
            session = engine.writer();
        } catch (SQLException e) {
            fail(group, engine.kind(e), e);
            return;
        }
        var isCommitting = false;
        try {
            var transaction = Transaction.begin(session, engine.dialect().lockClause());
            for (var write : group) {
                runOne(write, transaction);
            }
            isCommitting = true;
            transaction.commit();
            revision = transaction.revision();
            isCommitting = false;
            recovered();
            group.forEach(PendingWrite::finish);
        } catch (SQLException e) {
            fail(group, isCommitting ? engine.kindAtCommit(e) : engine.kind(e), e);
        } finally {
            release(session);
        }
    }

    private void runOne(PendingWrite<?> write, Transaction transaction) throws SQLException {
        var session = transaction.sql();
        var mark = transaction.mark();
        session.run("SAVEPOINT one");
        try {
            write.run(transaction);
        } catch (SQLException e) {
            if (engine.endsTransaction(e)) {
                throw e;
            }
            undo(transaction, mark);
            LOG.atError().setCause(e).log("a write failed");
            write.refuse(new StoreException(Kind.UNKNOWN, "the write failed; nothing was done", e));
        } catch (RuntimeException e) {
            undo(transaction, mark);
            write.refuse(e);
        }
        session.run("RELEASE SAVEPOINT one");
    }

    private static void undo(Transaction transaction, long[] mark) throws SQLException {
        transaction.sql().run("ROLLBACK TO SAVEPOINT one");
        transaction.resetTo(mark);
    }

    private void fail(List<PendingWrite<?>> group, Kind kind, SQLException cause) {
        if (failure.isEmpty()) {
            LOG.atError()
                    .addKeyValue("reason", cause.getMessage())
                    .log("the database takes no writes; callers get 503 or 507");
        }
        failure = String.valueOf(cause.getMessage());
        isDirectoryGone = cause.getCause() instanceof DirectoryGoneException;
        var message = switch (kind) {
            case FULL -> "the disk is full; nothing was done";
            case UNKNOWN -> "the database failed during the commit; the write may or may not be stored";
            default -> "the database takes no writes now; nothing was done";
        };
        failAll(group, new StoreException(kind, message, cause));
    }

    private void recovered() {
        if (!failure.isEmpty()) {
            LOG.atInfo().log("the database takes writes again");
        }
        failure = "";
        isDirectoryGone = false;
    }

    private void release(Session session) {
        try {
            engine.release(session);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("a transaction can't be rolled back; its connection is lost");
        }
    }

    private static void failAll(List<PendingWrite<?>> group, RuntimeException reason) {
        group.forEach(write -> write.fail(reason));
    }
}

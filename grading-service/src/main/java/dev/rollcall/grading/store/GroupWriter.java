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
 * Commits what many write at once together: while one group is being synced, the next one gathers. Each work has a
 * savepoint, so that one that fails takes nothing of the others with it. Owns the one thread that writes.
 */
final class GroupWriter implements AutoCloseable {
    static final int COMMIT_SECONDS_MAX = 60;
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int WAITING_MAX = 10_000;
    private static final int GROUP_MAX = 512;
    private static final long WAIT_MILLIS_MAX = 10_000;
    private static final long LOOK_MILLIS = 500;

    private final Engine engine;
    private final BlockingQueue<PendingWrite<?>> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread = new Thread(this::run, "gradebook-writer");
    private volatile long revision;
    private volatile boolean isClosed;
    private volatile String failure = "";
    private boolean isGone;

    GroupWriter(Engine engine, long revision) {
        this.engine = engine;
        this.revision = revision;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The revision of the last commit. */
    long revision() {
        return revision;
    }

    /** Why the last group could not be stored, or the next one can't be; empty if all is well. */
    String failure() {
        return failure;
    }

    /** Does a work and returns when it is on disk. */
    <T> T write(TransactionBody<Transaction, T> transactionBody) {
        var pendingWrite = new PendingWrite<>(transactionBody);
        if (isClosed || !queue.offer(pendingWrite)) {
            throw new StoreException(Kind.UNAVAILABLE, "too many writes wait; nothing was done");
        }
        return pendingWrite.await(WAIT_MILLIS_MAX);
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        isClosed = true;
        // so that it looks now; if there is no room, it is awake anyway
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
        var nothing = new PendingWrite<>(transaction -> 0);
        if (nothing.acquire() && !queue.offer(nothing)) {
            LOG.atDebug().log("the writer has much to do before it ends");
        }
    }

    private void run() {
        var group = new ArrayList<PendingWrite<?>>();
        while (!isClosed || !queue.isEmpty()) {
            try {
                group.clear();
                var first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    verify();
                } else {
                    group.add(first);
                    queue.drainTo(group, GROUP_MAX - 1);
                    group.removeIf(pendingWrite -> !pendingWrite.acquire());
                    if (!group.isEmpty()) {
                        commit(group);
                    }
                }
            } catch (InterruptedException e) {
                failure = "the writer has ended";
                isClosed = true;
                LOG.atError().setCause(e).log("the writer was interrupted, which nobody may do");
                return;
            } catch (RuntimeException | Error e) {
                failed(group, e);
            }
        }
    }

    /** While nothing is written, a directory that is gone or back shows here. */
    private void verify() {
        try {
            engine.verify();
            if (isGone) {
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
            // no memory to log it; /health has the reason, and the callers' waits have limits
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
            for (var pendingWrite : group) {
                runOne(pendingWrite, transaction);
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

    private void runOne(PendingWrite<?> pendingWrite, Transaction transaction) throws SQLException {
        var session = transaction.sql();
        var mark = transaction.mark();
        session.run("SAVEPOINT one");
        try {
            pendingWrite.run(transaction);
        } catch (SQLException e) {
            if (engine.endsTransaction(e)) {
                throw e;
            }
            undo(transaction, mark);
            LOG.atError().setCause(e).log("a write failed");
            pendingWrite.refuse(new StoreException(Kind.UNKNOWN, "the write failed; nothing was done", e));
        } catch (RuntimeException e) {
            undo(transaction, mark);
            pendingWrite.refuse(e);
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
                    .log("the database takes nothing; callers get 503 or 507");
        }
        failure = String.valueOf(cause.getMessage());
        isGone = cause.getCause() instanceof DirectoryGoneException;
        var message = switch (kind) {
            case FULL -> "the disk is full; nothing was done";
            case UNKNOWN -> "the database doesn't say what became of the write";
            default -> "the database takes nothing now; nothing was done";
        };
        failAll(group, new StoreException(kind, message, cause));
    }

    private void recovered() {
        if (!failure.isEmpty()) {
            LOG.atInfo().log("the database takes writes again");
        }
        failure = "";
        isGone = false;
    }

    private void release(Session session) {
        try {
            engine.release(session);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("a transaction can't be ended; its connection is lost");
        }
    }

    private static void failAll(List<PendingWrite<?>> group, RuntimeException reason) {
        group.forEach(pendingWrite -> pendingWrite.fail(reason));
    }
}

package dev.rollcall.shipping;

import dev.rollcall.disk.DirectoryGoneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The backlogs that this process has to ship: what earlier runs left in the directory, oldest first, then its own. Keeps
 * the bound of all together. Not thread-safe.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long DISK_RETRY_NANOS = 500_000_000;
    /** More than any log service takes, and less than a frame holds. */
    private static final int LINE_BYTES_MAX = 4 << 20;

    private static final long SYNC_NANOS = 1_000_000_000;

    private final ShippingSettings settings;
    private final SequenceCounters sequenceCounters;
    private final RunOutbox own;
    private final @Nullable SpillSession spillSession;
    private final ArrayDeque<OrphanedSession> left;
    private final RepeatThrottle drops = new RepeatThrottle();
    private boolean isDiskFailing;
    private String diskFailure = "";
    private long diskTriedNanos;
    private long syncedNanos;

    private Outbox(
            ShippingSettings settings,
            SequenceCounters sequenceCounters,
            RunOutbox own,
            @Nullable SpillSession spillSession,
            List<OrphanedSession> left) {
        this.settings = settings;
        this.sequenceCounters = sequenceCounters;
        this.own = own;
        this.spillSession = spillSession;
        this.left = new ArrayDeque<>(left);
    }

    /** With the settings' directory, or in memory only if there is none or it can't be used, which is told. */
    static Outbox open(ProducerOrigin producerOrigin, ShippingSettings settings, InstantSource clock) {
        var root = settings.spill();
        if (root.isPresent()) {
            try {
                var left = leftIn(root.get(), clock);
                var spillSession = SpillSession.begin(root.get(), producerOrigin, settings.spillBytesMax(), clock);
                return new Outbox(settings, spillSession.tally(), spillSession.backlog(), spillSession, left);
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("directory", root.get())
                        .addKeyValue("reason", e)
                        .log("can't keep log records on disk; those that wait are in memory only");
            }
        }
        var sequenceCounters = SequenceCounters.inMemory();
        return new Outbox(
                settings,
                sequenceCounters,
                RunOutbox.of(producerOrigin, sequenceCounters, null, clock),
                null,
                List.of());
    }

    /** With a backlog that is there already, and no earlier ones. */
    static Outbox over(ShippingSettings settings, SequenceCounters sequenceCounters, RunOutbox own) {
        return new Outbox(settings, sequenceCounters, own, null, List.of());
    }

    SequenceCounters tally() {
        return sequenceCounters;
    }

    /** What is shipped now: it has entries, or is this run's. */
    RunOutbox current() {
        while (!left.isEmpty()) {
            var oldest = left.getFirst();
            try {
                var backlog = oldest.run().map(SpillSession::backlog);
                if (backlog.isPresent() && !backlog.get().head(1, 1).isEmpty()) {
                    return backlog.get();
                }
                oldest.discard();
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("directory", oldest.path())
                        .addKeyValue("reason", e)
                        .log("what an earlier run left can't be shipped now; the next start tries again");
            }
            left.removeFirst();
        }
        return own;
    }

    /** Takes the next record of this run, or drops it. */
    void offer(EncodedRecord encodedRecord, int level, long nowNanos) {
        if (encodedRecord.bytes() > LINE_BYTES_MAX) {
            drop(encodedRecord.first(), 1, "larger than " + (LINE_BYTES_MAX >> 20) + " MiB", nowNanos);
            return;
        }
        var onDisk = own.hasDisk() && !isDiskFailing;
        var max = onDisk ? settings.spillBytesMax() : settings.bufferBytesMax();
        if (settings.drop() == DropPolicy.OLDEST) {
            makeRoom(onDisk, max);
        }
        var used = used(onDisk);
        if (settings.drop().admits(level, used, max)) {
            own.offer(encodedRecord, nowNanos);
        } else {
            var what = onDisk ? "the spill" : "the buffer";
            drop(encodedRecord.first(), 1, settings.drop().reason(level, used, max, what), nowNanos);
        }
    }

    /** Takes note that the next records of this run were dropped. */
    void drop(long first, long count, String reason, long nowNanos) {
        own.drop(first, count, reason, nowNanos);
    }

    /** Takes to disk what can be; to be called again and again. */
    void settle(long nowNanos) {
        announceIfThereIsRoom(nowNanos);
        logDrops();
        if (isDiskFailing && nowNanos - diskTriedNanos < DISK_RETRY_NANOS) {
            return;
        }
        try {
            own.settle();
            syncNowAndThen(nowNanos);
            if (isDiskFailing) {
                isDiskFailing = false;
                LOG.info("the disk takes log records again");
            }
        } catch (IOException e) {
            diskTriedNanos = nowNanos;
            if (!isDiskFailing) {
                isDiskFailing = true;
                diskFailure = String.valueOf(e.getMessage());
                LOG.atLevel(e instanceof DirectoryGoneException ? Level.ERROR : Level.WARN)
                        .addKeyValue("reason", e)
                        .log("the disk takes no log records; they are kept in memory");
            }
        }
    }

    /** Whether {@link #settle} has something to do that doesn't come with the next record. */
    boolean isUnsettled() {
        return !own.isSettled() || (!own.isSynced() && !own.isEmpty());
    }

    /** Whether all that is left would be there for the next start if this process ended now. */
    boolean isOnDisk() {
        return own.isOnDisk();
    }

    /** Why records may be lost; empty if all is well. */
    List<String> healthReasons() {
        var doubts = new ArrayList<String>();
        if (isDiskFailing) {
            doubts.add("the disk takes no log records: " + diskFailure);
        }
        if (own.isDropping()) {
            doubts.add("log records are dropped: there is no room for more");
        }
        return doubts;
    }

    RunOutbox own() {
        return own;
    }

    /** What all runs take of the disk. */
    long diskBytes() {
        return own.diskBytes()
                + left.stream().mapToLong(OrphanedSession::diskBytes).sum();
    }

    /** Leaves to the next start what is not shipped; without a disk, says how much is lost so. */
    void close() {
        try {
            own.enterPending(0);
            settleAtLast();
            releaseOwn();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e).log("the log records that wait could not be left in good order");
        } finally {
            // also for want of classes, which a servlet container gives no more to an application that it has stopped
            for (var each : left) {
                each.release();
            }
            if (spillSession != null) {
                spillSession.release();
            }
        }
    }

    private void releaseOwn() throws IOException {
        if (spillSession != null) {
            if (spillSession.isShipped()) {
                spillSession.discard();
            } else {
                spillSession.leave();
            }
        }
    }

    private void settleAtLast() {
        try {
            own.settle();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e).log("the last log records could not be kept on disk");
        }
    }

    /** Only what waits for long: as long as the log service takes records, they are on its disk sooner. */
    private void syncNowAndThen(long nowNanos) throws IOException {
        if (own.isSynced()) {
            syncedNanos = nowNanos;
        } else if (nowNanos - syncedNanos >= SYNC_NANOS) {
            syncedNanos = nowNanos;
            if (!own.isEmpty()) {
                own.sync();
            }
        }
    }

    private void announceIfThereIsRoom(long nowNanos) {
        var onDisk = own.hasDisk() && !isDiskFailing;
        var max = onDisk ? settings.spillBytesMax() : settings.bufferBytesMax();
        if (used(onDisk) < max) {
            own.enterPending(nowNanos);
        }
    }

    private long used(boolean onDisk) {
        return onDisk ? diskBytes() + own.memoryBytes() : own.memoryBytes();
    }

    private void makeRoom(boolean onDisk, long max) {
        try {
            while (used(onDisk) > max) {
                if (!dropOldest()) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e).log("the oldest log records can't be dropped");
        }
    }

    private boolean dropOldest() throws IOException {
        for (var each : left) {
            var backlog = each.run().map(SpillSession::backlog);
            if (backlog.isPresent() && backlog.get().dropOldest()) {
                return true;
            }
        }
        return own.dropOldest();
    }

    private void logDrops() {
        var dropped = own.droppedRecords();
        if (drops.isDue(dropped)) {
            LOG.atWarn()
                    .addKeyValue("records", dropped)
                    .addKeyValue("policy", settings.drop())
                    .log("log records were dropped; this is said again at ten times as many");
        }
    }

    private static List<OrphanedSession> leftIn(Path root, InstantSource clock) throws IOException {
        var left = new ArrayList<OrphanedSession>();
        if (!Files.isDirectory(root)) {
            return left;
        }
        try (var paths = Files.list(root)) {
            paths.filter(SpillSession::isName).sorted().forEach(path -> left.add(new OrphanedSession(path, clock)));
        }
        left.removeIf(each -> !each.isLeft());
        return left;
    }
}

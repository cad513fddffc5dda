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
 * The records that this process has to ship: first what earlier processes left in the directory, oldest first, then its
 * own. Enforces the bound of all together. Not thread-safe.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long DISK_RETRY_NANOS = 500_000_000;
    /** More than any log service accepts, and less than a frame holds. */
    private static final int RECORD_BYTES_MAX = 4 << 20;

    private static final long SYNC_NANOS = 1_000_000_000;

    private final ShippingSettings settings;
    private final SequenceCounters sequenceCounters;
    private final RunOutbox own;
    private final @Nullable SpillSession spillSession;
    private final ArrayDeque<OrphanedSession> orphans;
    private final RepeatThrottle dropWarnings = new RepeatThrottle();
    private boolean isDiskFailing;
    private String diskFailure = "";
    private long diskTriedNanos;
    private long syncedNanos;

    private Outbox(
            ShippingSettings settings,
            SequenceCounters sequenceCounters,
            RunOutbox own,
            @Nullable SpillSession spillSession,
            List<OrphanedSession> orphans) {
        this.settings = settings;
        this.sequenceCounters = sequenceCounters;
        this.own = own;
        this.spillSession = spillSession;
        this.orphans = new ArrayDeque<>(orphans);
    }

    /** Opens the settings' directory. Without one, or if it can't be used, records are in memory only. */
    static Outbox open(ProducerOrigin producerOrigin, ShippingSettings settings, InstantSource clock) {
        var root = settings.spill();
        if (root.isPresent()) {
            try {
                var orphans = orphansIn(root.get(), clock);
                var spillSession = SpillSession.create(root.get(), producerOrigin, settings.spillBytesMax(), clock);
                return new Outbox(settings, spillSession.counters(), spillSession.outbox(), spillSession, orphans);
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("directory", root.get())
                        .addKeyValue("reason", e)
                        .log("can't keep log records on disk; pending ones are in memory only");
            }
        }
        var sequenceCounters = SequenceCounters.inMemory();
        return new Outbox(
                settings,
                sequenceCounters,
                RunOutbox.forCurrentRun(producerOrigin, sequenceCounters, null, clock),
                null,
                List.of());
    }

    /** Creates one over an existing outbox, without earlier sessions. */
    static Outbox of(ShippingSettings settings, SequenceCounters sequenceCounters, RunOutbox own) {
        return new Outbox(settings, sequenceCounters, own, null, List.of());
    }

    SequenceCounters counters() {
        return sequenceCounters;
    }

    /** Returns the outbox to ship now: it has entries, or is this process's own. */
    RunOutbox current() {
        while (!orphans.isEmpty()) {
            var oldest = orphans.getFirst();
            try {
                var outbox = oldest.session().map(SpillSession::outbox);
                if (outbox.isPresent() && !outbox.get().head(1, 1).isEmpty()) {
                    return outbox.get();
                }
                oldest.discard();
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("directory", oldest.path())
                        .addKeyValue("reason", e)
                        .log("what an earlier process left can't be shipped now; the next start tries again");
            }
            orphans.removeFirst();
        }
        return own;
    }

    /** Appends this process's next record, or drops it. */
    void offer(EncodedRecord encodedRecord, int level, long nowNanos) {
        if (encodedRecord.bytes() > RECORD_BYTES_MAX) {
            drop(encodedRecord.first(), 1, "larger than " + (RECORD_BYTES_MAX >> 20) + " MiB", nowNanos);
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

    /** Records that this process's next records were dropped. */
    void drop(long first, long count, String reason, long nowNanos) {
        own.drop(first, count, reason, nowNanos);
    }

    /** Writes pending records to disk as far as possible. To be called repeatedly. */
    void persist(long nowNanos) {
        announceDropsIfRoom(nowNanos);
        logDrops();
        if (isDiskFailing && nowNanos - diskTriedNanos < DISK_RETRY_NANOS) {
            return;
        }
        try {
            own.persist();
            syncIfDue(nowNanos);
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

    /** Whether {@link #persist} has work that does not depend on the next record. */
    boolean isUnsettled() {
        return !own.isSettled() || (!own.isSynced() && !own.isEmpty());
    }

    /** Whether the next start would find all pending records if this process ended now. */
    boolean isOnDisk() {
        return own.isOnDisk();
    }

    /** Returns why records may be lost; empty if all is well. */
    List<String> healthReasons() {
        var reasons = new ArrayList<String>();
        if (isDiskFailing) {
            reasons.add("the disk takes no log records: " + diskFailure);
        }
        if (own.isDropping()) {
            reasons.add("log records are dropped: there is no room for more");
        }
        return reasons;
    }

    RunOutbox own() {
        return own;
    }

    /** Returns the disk space of all sessions in bytes. */
    long diskBytes() {
        return own.diskBytes()
                + orphans.stream().mapToLong(OrphanedSession::diskBytes).sum();
    }

    /** Leaves unshipped records to the next start; without a disk they are lost. */
    void close() {
        try {
            own.announceDrops(0);
            persistLast();
            closeOwn();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e).log("pending log records could not be left in good order");
        } finally {
            // also after a LinkageError: a servlet container gives out no classes to an application that it has stopped
            for (var each : orphans) {
                each.release();
            }
            if (spillSession != null) {
                spillSession.release();
            }
        }
    }

    private void closeOwn() throws IOException {
        if (spillSession != null) {
            if (spillSession.isShipped()) {
                spillSession.discard();
            } else {
                spillSession.close();
            }
        }
    }

    private void persistLast() {
        try {
            own.persist();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e).log("the last log records could not be kept on disk");
        }
    }

    /** Syncs only what is pending for long: while the log service takes records, they reach its disk sooner. */
    private void syncIfDue(long nowNanos) throws IOException {
        if (own.isSynced()) {
            syncedNanos = nowNanos;
        } else if (nowNanos - syncedNanos >= SYNC_NANOS) {
            syncedNanos = nowNanos;
            if (!own.isEmpty()) {
                own.sync();
            }
        }
    }

    private void announceDropsIfRoom(long nowNanos) {
        var onDisk = own.hasDisk() && !isDiskFailing;
        var max = onDisk ? settings.spillBytesMax() : settings.bufferBytesMax();
        if (used(onDisk) < max) {
            own.announceDrops(nowNanos);
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
        for (var each : orphans) {
            var outbox = each.session().map(SpillSession::outbox);
            if (outbox.isPresent() && outbox.get().dropOldest()) {
                return true;
            }
        }
        return own.dropOldest();
    }

    private void logDrops() {
        var dropped = own.droppedRecords();
        if (dropWarnings.isDue(dropped)) {
            LOG.atWarn()
                    .addKeyValue("records", dropped)
                    .addKeyValue("policy", settings.drop())
                    .log("log records were dropped; logged again at ten times as many");
        }
    }

    private static List<OrphanedSession> orphansIn(Path root, InstantSource clock) throws IOException {
        var orphans = new ArrayList<OrphanedSession>();
        if (!Files.isDirectory(root)) {
            return orphans;
        }
        try (var paths = Files.list(root)) {
            paths.filter(SpillSession::isName).sorted().forEach(path -> orphans.add(new OrphanedSession(path, clock)));
        }
        orphans.removeIf(each -> !each.hasPending());
        return orphans;
    }
}

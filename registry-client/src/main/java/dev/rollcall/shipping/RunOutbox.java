package dev.rollcall.shipping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The records of one session that the log service has not acknowledged, oldest first. Not thread-safe.
 *
 * <pre>
 *   offer ──▶ tail ──persist──▶ spill ──head──▶ window ──acknowledge──▶
 *            memory             disk            memory
 * </pre>
 *
 * <p>Every entry takes this path. Without a disk, or while it takes nothing, the spill stays empty and the head is read
 * from the tail. Sequences missing on the way, for whatever reason, become a gap when the head reaches them. So every
 * loss is announced, including records that only a dead process's counters still show.
 */
final class RunOutbox {
    private static final String KILLED = "the process ended before they were written down";
    private static final String LOST = "they were lost with a part of the spill";
    private static final String DROPPED = "the spill was full";
    private static final String LOST_BY_SERVICE = "they were acknowledged, and are not there";

    private final ProducerOrigin producerOrigin;
    private final SequenceCounters sequenceCounters;
    private final @Nullable Spill spill;
    private final boolean isEnded;
    private final InstantSource clock;
    private final ArrayDeque<SpillEntry> tail = new ArrayDeque<>();
    private final ArrayDeque<SpillEntry> window = new ArrayDeque<>();
    private @Nullable DroppedRange pending;
    /** An entry already read that follows a gap. */
    private @Nullable SpillEntry lookahead;
    /** The last sequence known to be assigned. */
    private long lastProduced;
    /** The last sequence in the window. */
    private long position;
    /** The last sequence that the log service has. */
    private long acknowledgedThrough;

    private long droppedThrough;
    private long tailBytes;
    private long windowBytes;
    private long unreadBytes;
    private OptionalLong oldestNanos = OptionalLong.empty();
    private long acknowledgedRecords;
    private long droppedRecords;

    private RunOutbox(
            ProducerOrigin producerOrigin,
            SequenceCounters sequenceCounters,
            @Nullable Spill spill,
            boolean isEnded,
            InstantSource clock) {
        this.producerOrigin = producerOrigin;
        this.sequenceCounters = sequenceCounters;
        this.spill = spill;
        this.isEnded = isEnded;
        this.clock = clock;
        this.acknowledgedThrough = sequenceCounters.acknowledged();
        this.position = acknowledgedThrough;
        this.lastProduced = isEnded ? Math.max(acknowledgedThrough, sequenceCounters.produced()) : acknowledgedThrough;
    }

    /** Creates the outbox of this process's session; in memory if there is no spill. */
    static RunOutbox forCurrentRun(
            ProducerOrigin producerOrigin,
            SequenceCounters sequenceCounters,
            @Nullable Spill spill,
            InstantSource clock) {
        return new RunOutbox(producerOrigin, sequenceCounters, spill, false, clock);
    }

    /** Creates the outbox of a session whose process has ended, so that nothing is added any more. */
    static RunOutbox forEndedRun(
            ProducerOrigin producerOrigin, SequenceCounters sequenceCounters, Spill spill, InstantSource clock) {
        return new RunOutbox(producerOrigin, sequenceCounters, spill, true, clock);
    }

    /** Appends the session's next record. */
    void offer(EncodedRecord encodedRecord, long nowNanos) {
        announceDrops(nowNanos);
        enter(encodedRecord, nowNanos);
    }

    /** Records that the session's next records were dropped. */
    void drop(long first, long count, String reason, long nowNanos) {
        droppedRecords += count;
        if (pending != null && pending.reason().equals(reason)) {
            pending = pending.extendedBy(count);
        } else {
            announceDrops(nowNanos);
            pending = new DroppedRange(first, first + count - 1, clock.instant(), reason);
        }
    }

    /** Announces the last dropped records without waiting for the record after them. */
    void announceDrops(long nowNanos) {
        if (pending != null) {
            enter(pending, nowNanos);
            pending = null;
        }
    }

    /**
     * Writes the records in memory to disk, as far as the disk takes them.
     *
     * @throws IOException if it does not take all; the rest stays in memory
     */
    void persist() throws IOException {
        if (spill == null) {
            return;
        }
        spill.verify();
        if (tail.isEmpty()) {
            return;
        }
        try {
            for (var spillEntry : tail) {
                spill.append(spillEntry);
            }
            spill.flush();
        } finally {
            while (!tail.isEmpty() && tail.getFirst().last() <= spill.flushedThrough()) {
                tailBytes -= tail.removeFirst().bytes();
            }
        }
    }

    /** Makes the records on disk survive a power loss. */
    void sync() throws IOException {
        if (spill != null) {
            spill.sync();
        }
    }

    boolean isSynced() {
        return spill == null || spill.isSynced();
    }

    /**
     * Returns the oldest entries: at least one unless there is none, and no more than the bounds allow.
     *
     * @throws UncheckedIOException if the spill can't be read
     */
    List<SpillEntry> head(long bytesMax, int entriesMax) {
        while (window.size() < entriesMax && windowBytes < bytesMax) {
            var next = next();
            if (next.isEmpty()) {
                unreadBytes = 0;
                oldestNanos = OptionalLong.empty();
                break;
            }
            window.addLast(next.get());
            windowBytes += next.get().bytes();
        }
        var entries = new ArrayList<SpillEntry>();
        var size = 0L;
        for (var each : window) {
            size += each.bytes();
            if (!entries.isEmpty() && (size > bytesMax || entries.size() >= entriesMax)) {
                break;
            }
            entries.add(each);
        }
        return entries;
    }

    /** Removes all entries up to a sequence, because the log service has them. */
    void acknowledge(long sequence) {
        while (!window.isEmpty() && window.getFirst().first() <= sequence) {
            var spillEntry = window.removeFirst();
            windowBytes -= spillEntry.bytes();
            acknowledgedThrough = Math.min(sequence, spillEntry.last());
            if (spillEntry.last() > sequence) {
                putFirst(((DroppedRange) spillEntry).after(sequence));
            } else if (spillEntry instanceof EncodedRecord) {
                acknowledgedRecords++;
            }
        }
        if (isEnded && window.isEmpty() && sequence > acknowledgedThrough) {
            // the ended process had sent more
            acknowledgedThrough = Math.min(sequence, lastProduced);
            position = Math.max(position, acknowledgedThrough);
        }
        release();
    }

    /** Drops the oldest record because the log service rejects it. A gap takes its place, unless the entry was one. */
    void dropHead(String reason) {
        var refused = window.removeFirst();
        windowBytes -= refused.bytes();
        if (refused instanceof EncodedRecord) {
            droppedRecords++;
            putFirst(new DroppedRange(refused.first(), refused.last(), clock.instant(), reason));
        } else {
            acknowledgedThrough = refused.last();
            release();
        }
    }

    /** Announces to the log service what it once acknowledged after this sequence and no longer has. */
    void announceForgotten(long sequence) {
        putFirst(new DroppedRange(sequence + 1, acknowledgedThrough, clock.instant(), LOST_BY_SERVICE));
        acknowledgedThrough = sequence;
    }

    /** Drops the spill's oldest file, or without one the oldest record; false if there is none. */
    boolean dropOldest() throws IOException {
        var through = spill == null ? 0 : spill.dropOldest();
        if (through == 0 && diskBytes() == 0 && !tail.isEmpty()) {
            var oldest = tail.removeFirst();
            tailBytes -= oldest.bytes();
            through = oldest.last();
        }
        droppedThrough = Math.max(droppedThrough, Math.min(through, lastProduced));
        return through > 0;
    }

    ProducerOrigin origin() {
        return producerOrigin;
    }

    /** Whether the last records were dropped. */
    boolean isDropping() {
        return pending != null;
    }

    /** Whether there is enough to send a batch now. */
    boolean isDue(long batchBytes) {
        return isEnded || !window.isEmpty() || unreadBytes >= batchBytes;
    }

    /** Whether nothing is pending, as far as is known: for an ended session only {@link #head} can tell. */
    boolean isEmpty() {
        return window.isEmpty() && position >= lastProduced && pending == null;
    }

    /** Returns the arrival time of the oldest record that no head has returned; empty if there is none. */
    OptionalLong oldestNanos() {
        return oldestNanos;
    }

    /** Returns the sequence of the oldest entry, or of the next one to come. */
    long firstSequence() {
        return acknowledgedThrough + 1;
    }

    /** Returns the memory it uses in bytes. */
    long memoryBytes() {
        return tailBytes + windowBytes;
    }

    /** Returns the disk space it uses in bytes. */
    long diskBytes() {
        return spill == null ? 0 : spill.bytes();
    }

    boolean hasDisk() {
        return spill != null;
    }

    /** Whether everything is on disk. That includes a gap not entered yet, because its numbers are counted. */
    boolean isOnDisk() {
        return spill != null && tail.isEmpty();
    }

    /** Whether everything that can be is on disk. */
    boolean isSettled() {
        return (spill == null || tail.isEmpty()) && pending == null;
    }

    long acknowledgedRecords() {
        return acknowledgedRecords;
    }

    long droppedRecords() {
        return droppedRecords;
    }

    void close() throws IOException {
        if (spill != null) {
            spill.close();
        }
    }

    private void enter(SpillEntry spillEntry, long nowNanos) {
        tail.addLast(spillEntry);
        tailBytes += spillEntry.bytes();
        unreadBytes += spillEntry.bytes();
        lastProduced = spillEntry.last();
        if (oldestNanos.isEmpty()) {
            oldestNanos = OptionalLong.of(nowNanos);
        }
    }

    private void putFirst(DroppedRange droppedRange) {
        window.addFirst(droppedRange);
        windowBytes += droppedRange.bytes();
    }

    private void release() {
        sequenceCounters.acknowledge(acknowledgedThrough);
        try {
            if (spill != null) {
                spill.release(acknowledgedThrough);
            }
        } catch (IOException e) {
            // retried with the next acknowledgement; until then it only takes space
        }
    }

    /** Returns the entry after the window, or the gap before it. */
    private Optional<SpillEntry> next() {
        var spillEntry = lookahead;
        lookahead = null;
        while (spillEntry == null || spillEntry.last() <= position) {
            var read = read();
            if (read.isPresent()) {
                spillEntry = read.get();
            } else if (lastProduced > position) {
                return Optional.of(gap(lastProduced, isEnded ? KILLED : LOST));
            } else if (pending != null) {
                spillEntry = pending;
                lastProduced = spillEntry.last();
                pending = null;
            } else {
                return Optional.empty();
            }
        }
        if (spillEntry.first() > position + 1) {
            lookahead = spillEntry;
            return Optional.of(gap(spillEntry.first() - 1, LOST));
        }
        var rest = spillEntry.first() <= position ? ((DroppedRange) spillEntry).after(position) : spillEntry;
        position = rest.last();
        return Optional.of(rest);
    }

    private DroppedRange gap(long last, String reason) {
        var droppedRange =
                new DroppedRange(position + 1, last, clock.instant(), position < droppedThrough ? DROPPED : reason);
        droppedRecords += droppedRange.count();
        position = last;
        return droppedRange;
    }

    private Optional<SpillEntry> read() {
        try {
            var read = spill == null ? Optional.<SpillEntry>empty() : spill.next();
            if (read.isPresent() || tail.isEmpty()) {
                return read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spill can't be read", e);
        }
        tailBytes -= tail.getFirst().bytes();
        return Optional.of(tail.removeFirst());
    }
}

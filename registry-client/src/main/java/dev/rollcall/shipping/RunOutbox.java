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
 * What one run has produced and the log service has not acknowledged, oldest first. Not thread-safe.
 *
 * <pre>
 *   offer ──▶ tail ──settle──▶ spill ──head──▶ window ──acknowledge──▶
 *            memory            disk            memory
 * </pre>
 *
 * <p>Every entry goes this one way: without a disk, or while it takes nothing, the spill stays empty and the head is
 * taken from the tail. Sequences that are missing on the way, for whatever reason, become a gap when the head reaches
 * them; so whatever is lost is announced, also what only the tally of a dead process still knows of.
 */
final class RunOutbox {
    private static final String KILLED = "the process ended before they were written down";
    private static final String LOST = "they were lost with a part of the spill";
    private static final String DROPPED = "the spill was full";
    private static final String FORGOTTEN = "they were acknowledged, and are not there";

    private final ProducerOrigin producerOrigin;
    private final SequenceCounters sequenceCounters;
    private final @Nullable Spill spill;
    private final boolean isEnded;
    private final InstantSource clock;
    private final ArrayDeque<SpillEntry> tail = new ArrayDeque<>();
    private final ArrayDeque<SpillEntry> window = new ArrayDeque<>();
    private @Nullable DroppedRange pending;
    /** What was read and stands behind a hole. */
    private @Nullable SpillEntry ahead;
    /** The last sequence that is known to have been given. */
    private long lastKnown;
    /** The last sequence that the window has got. */
    private long position;
    /** The last sequence that the log service has. */
    private long done;

    private long droppedThrough;
    private long tailBytes;
    private long windowBytes;
    private long newBytes;
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
        this.done = sequenceCounters.acknowledged();
        this.position = done;
        this.lastKnown = isEnded ? Math.max(done, sequenceCounters.produced()) : done;
    }

    /** Of this run, which begins; without a spill, it is all in memory. */
    static RunOutbox of(
            ProducerOrigin producerOrigin,
            SequenceCounters sequenceCounters,
            @Nullable Spill spill,
            InstantSource clock) {
        return new RunOutbox(producerOrigin, sequenceCounters, spill, false, clock);
    }

    /** Of a run that has ended, whose records nobody adds to any more. */
    static RunOutbox left(
            ProducerOrigin producerOrigin, SequenceCounters sequenceCounters, Spill spill, InstantSource clock) {
        return new RunOutbox(producerOrigin, sequenceCounters, spill, true, clock);
    }

    /** Takes the next record of the run. */
    void offer(EncodedRecord encodedRecord, long nowNanos) {
        enterPending(nowNanos);
        enter(encodedRecord, nowNanos);
    }

    /** Takes note that the next records of the run were dropped. */
    void drop(long first, long count, String reason, long nowNanos) {
        droppedRecords += count;
        if (pending != null && pending.reason().equals(reason)) {
            pending = pending.andMore(count);
        } else {
            enterPending(nowNanos);
            pending = new DroppedRange(first, first + count - 1, clock.instant(), reason);
        }
    }

    /** Announces what was dropped last, without waiting for the record after it. */
    void enterPending(long nowNanos) {
        if (pending != null) {
            enter(pending, nowNanos);
            pending = null;
        }
    }

    /**
     * Takes what is in memory to disk, as far as the disk takes it.
     *
     * @throws IOException if it doesn't take everything; the rest stays in memory
     */
    void settle() throws IOException {
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

    /** Makes what is on disk outlive the power too. */
    void sync() throws IOException {
        if (spill != null) {
            spill.sync();
        }
    }

    boolean isSynced() {
        return spill == null || spill.isSynced();
    }

    /**
     * The oldest entries: at least one unless there is none, and no more than the bounds allow.
     *
     * @throws UncheckedIOException if the spill can't be read
     */
    List<SpillEntry> head(long bytesMax, int entriesMax) {
        while (window.size() < entriesMax && windowBytes < bytesMax) {
            var next = next();
            if (next.isEmpty()) {
                newBytes = 0;
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

    /** Lets go of all entries up to a sequence, since the log service has them. */
    void acknowledge(long sequence) {
        while (!window.isEmpty() && window.getFirst().first() <= sequence) {
            var spillEntry = window.removeFirst();
            windowBytes -= spillEntry.bytes();
            done = Math.min(sequence, spillEntry.last());
            if (spillEntry.last() > sequence) {
                putFirst(((DroppedRange) spillEntry).after(sequence));
            } else if (spillEntry instanceof EncodedRecord) {
                acknowledgedRecords++;
            }
        }
        if (isEnded && window.isEmpty() && sequence > done) {
            // the process that has ended had sent more
            done = Math.min(sequence, lastKnown);
            position = Math.max(position, done);
        }
        release();
    }

    /** Gives up the oldest record, which the log service doesn't take; a gap stands in its place, unless it was one. */
    void refuse(String reason) {
        var refused = window.removeFirst();
        windowBytes -= refused.bytes();
        if (refused instanceof EncodedRecord) {
            droppedRecords++;
            putFirst(new DroppedRange(refused.first(), refused.last(), clock.instant(), reason));
        } else {
            done = refused.last();
            release();
        }
    }

    /** The log service lacks what it once acknowledged after this sequence: that is announced to it. */
    void forgottenAfter(long sequence) {
        putFirst(new DroppedRange(sequence + 1, done, clock.instant(), FORGOTTEN));
        done = sequence;
    }

    /** Gives up the oldest file of the spill, or without one the oldest record; false if there is none to give up. */
    boolean dropOldest() throws IOException {
        var through = spill == null ? 0 : spill.dropOldest();
        if (through == 0 && diskBytes() == 0 && !tail.isEmpty()) {
            var oldest = tail.removeFirst();
            tailBytes -= oldest.bytes();
            through = oldest.last();
        }
        droppedThrough = Math.max(droppedThrough, Math.min(through, lastKnown));
        return through > 0;
    }

    ProducerOrigin origin() {
        return producerOrigin;
    }

    /** Whether the last records were dropped. */
    boolean isDropping() {
        return pending != null;
    }

    /** Whether there is so much to be sent, or so old, that it shouldn't wait for more. */
    boolean isDue(long batchBytes) {
        return isEnded || !window.isEmpty() || newBytes >= batchBytes;
    }

    /** Whether nothing waits, as far as is known: of a run that has ended, only {@link #head} can tell. */
    boolean isEmpty() {
        return window.isEmpty() && position >= lastKnown && pending == null;
    }

    /** When the oldest record came that no head has seen; empty if there is none. */
    OptionalLong oldestNanos() {
        return oldestNanos;
    }

    /** The sequence of the oldest entry, or of the next one to come. */
    long firstSequence() {
        return done + 1;
    }

    /** What it takes of the memory. */
    long memoryBytes() {
        return tailBytes + windowBytes;
    }

    /** What it takes of the disk. */
    long diskBytes() {
        return spill == null ? 0 : spill.bytes();
    }

    boolean hasDisk() {
        return spill != null;
    }

    /** Whether everything is on disk. A gap that isn't entered yet is known there too: its numbers were given. */
    boolean isOnDisk() {
        return spill != null && tail.isEmpty();
    }

    /** Whether all that can be is on disk. */
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
        newBytes += spillEntry.bytes();
        lastKnown = spillEntry.last();
        if (oldestNanos.isEmpty()) {
            oldestNanos = OptionalLong.of(nowNanos);
        }
    }

    private void putFirst(DroppedRange droppedRange) {
        window.addFirst(droppedRange);
        windowBytes += droppedRange.bytes();
    }

    private void release() {
        sequenceCounters.acknowledge(done);
        try {
            if (spill != null) {
                spill.release(done);
            }
        } catch (IOException e) {
            // tried again with the next acknowledgement; until then it only takes room
        }
    }

    /** The next entry behind the window, without a hole between. */
    private Optional<SpillEntry> next() {
        var spillEntry = ahead;
        ahead = null;
        while (spillEntry == null || spillEntry.last() <= position) {
            var read = read();
            if (read.isPresent()) {
                spillEntry = read.get();
            } else if (lastKnown > position) {
                return Optional.of(hole(lastKnown, isEnded ? KILLED : LOST));
            } else if (pending != null) {
                spillEntry = pending;
                lastKnown = spillEntry.last();
                pending = null;
            } else {
                return Optional.empty();
            }
        }
        if (spillEntry.first() > position + 1) {
            ahead = spillEntry;
            return Optional.of(hole(spillEntry.first() - 1, LOST));
        }
        var rest = spillEntry.first() <= position ? ((DroppedRange) spillEntry).after(position) : spillEntry;
        position = rest.last();
        return Optional.of(rest);
    }

    private DroppedRange hole(long last, String reason) {
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

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The segment that is appended to. One thread writes; what is committed may be looked at by any.
 *
 * <p>What is staged doesn't count before {@link #commit}, and is forgotten by {@link #rollBack}.
 */
final class ActiveSegment {
    private final long number;
    private final long base;
    private final RecordFile file;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Staged> staged = new ArrayList<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final BlockStats all = new BlockStats();
    private BlockStats current = new BlockStats();
    private long currentStart;
    private long length;
    private boolean isCut;
    private Instant begun;

    /** A segment on a file that holds these blocks already. */
    ActiveSegment(long number, long base, Instant begun, RecordFile file, List<Block> blocks) {
        this.number = number;
        this.base = base;
        this.begun = begun;
        this.file = file;
        for (var block : blocks) {
            add(block.end(), block.stats());
        }
    }

    long number() {
        return number;
    }

    long base() {
        return base;
    }

    /** How many read it now. */
    AtomicInteger readers() {
        return readers;
    }

    /** When it was begun, as far as that isn't later than now: the clock may have been set back. */
    Instant begunBy(Instant now) {
        begun = begun.isAfter(now) ? now : begun;
        return begun;
    }

    /** Appends lines of which something is known; they are stored after the next {@link #commit}. */
    void append(byte[] bytes, int from, int to) throws IOException {
        file.append(bytes, from, to);
    }

    /** What was appended since the last time is so much. */
    void stage(BlockStats blockStats) {
        staged.add(new Staged(file.length(), blockStats));
    }

    /** How many records are staged. */
    long stagedRecords() {
        return staged.stream().mapToLong(each -> each.tally().records()).sum();
    }

    /** How many bytes are staged. */
    long stagedBytes() {
        return file.length() - length;
    }

    /** Returns when all that was appended is on disk, and nothing of what was taken back. */
    void sync() throws IOException {
        if (file.length() > length || isCut) {
            file.sync();
            isCut = false;
        }
    }

    /** What is staged counts from now on. */
    synchronized void commit() {
        staged.forEach(each -> add(each.end(), each.tally()));
        staged.clear();
    }

    /** Takes back what was appended since the last commit: nothing half-written stays, or the next line would begin in
     * the middle of one. */
    void rollBack() throws IOException {
        staged.clear();
        if (file.length() != length) {
            file.truncate(length);
            isCut = true;
        }
    }

    /** How much of it is stored, in bytes. */
    synchronized long length() {
        return length;
    }

    /** What is stored, in blocks. */
    synchronized List<Block> blocks() {
        var copy = new ArrayList<>(blocks);
        if (length > currentStart) {
            copy.add(Block.raw(currentStart, (int) (length - currentStart), current.copy()));
        }
        return copy;
    }

    /** What is stored, as a whole. */
    synchronized BlockStats stats() {
        return all.copy();
    }

    void close() throws IOException {
        file.close();
    }

    private void add(long end, BlockStats blockStats) {
        current.add(blockStats);
        all.add(blockStats);
        length = end;
        if (end - currentStart >= Block.BYTES) {
            blocks.add(Block.raw(currentStart, (int) (end - currentStart), current));
            current = new BlockStats();
            currentStart = end;
        }
    }

    private record Staged(long end, BlockStats tally) {}
}

package dev.rollcall.log.store;

import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The segment that is appended to. One thread writes; any thread may read what is committed.
 *
 * <p>Staged data is invisible before {@link #commit}, and discarded by {@link #rollBack}.
 */
final class ActiveSegment {
    private final long number;
    private final long base;
    private final RecordFile file;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Staged> staged = new ArrayList<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final BlockStats total = new BlockStats();
    private BlockStats current = new BlockStats();
    private long currentStart;
    private long length;
    private boolean isTruncated;
    private Instant begun;

    /** Creates a segment on a file that already holds these blocks. */
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

    /** Returns the count of readers of this segment. */
    AtomicInteger readers() {
        return readers;
    }

    /** Returns when the segment was begun, or now if that is earlier: the clock may have been set back. */
    Instant begunBy(Instant now) {
        begun = begun.isAfter(now) ? now : begun;
        return begun;
    }

    /** Appends lines; they are staged by the next {@link #stage}. */
    void append(byte[] bytes, int from, int to) throws IOException {
        file.append(bytes, from, to);
    }

    /** Stages what was appended since the last call. */
    void stage(BlockStats stats) {
        staged.add(new Staged(file.length(), stats));
    }

    /** Returns the number of staged records. */
    long stagedRecords() {
        return staged.stream().mapToLong(each -> each.stats().records()).sum();
    }

    /** Returns the number of staged bytes. */
    long stagedBytes() {
        return file.length() - length;
    }

    /** Syncs the appended data, and the truncation of a rollback. */
    void sync() throws IOException {
        if (file.length() > length || isTruncated) {
            file.sync();
            isTruncated = false;
        }
    }

    /** Makes the staged data visible. */
    synchronized void commit() {
        staged.forEach(each -> add(each.end(), each.stats()));
        staged.clear();
    }

    /** Removes what was appended since the last commit, so that the next line never begins in a torn one. */
    void rollBack() throws IOException {
        staged.clear();
        if (file.length() != length) {
            file.truncate(length);
            isTruncated = true;
        }
    }

    /** Returns the committed length in bytes. */
    synchronized long length() {
        return length;
    }

    /** Returns the committed data in blocks. */
    synchronized List<Block> blocks() {
        var copy = new ArrayList<>(blocks);
        if (length > currentStart) {
            copy.add(Block.raw(currentStart, (int) (length - currentStart), current.copy()));
        }
        return copy;
    }

    /** Returns the statistics of all committed data. */
    synchronized BlockStats stats() {
        return total.copy();
    }

    void close() throws IOException {
        file.close();
    }

    private void add(long end, BlockStats stats) {
        current.add(stats);
        total.add(stats);
        length = end;
        if (end - currentStart >= Block.BYTES) {
            blocks.add(Block.raw(currentStart, (int) (end - currentStart), current));
            current = new BlockStats();
            currentStart = end;
        }
    }

    private record Staged(long end, BlockStats stats) {}
}

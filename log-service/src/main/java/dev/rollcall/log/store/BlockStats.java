package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineScanner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of some records: how many there are, from when to when, of which services and severities. Bounded: beyond
 * 64 services, or for names of more than 200 bytes, only the total is counted. Not thread-safe.
 */
public final class BlockStats {
    static final int NAME_LENGTH_MAX = 200;
    private static final int SERVICES_MAX = 64;

    private final List<ServiceCount> services = new ArrayList<>(2);
    private int records;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos = Long.MIN_VALUE;
    private boolean isComplete = true;

    /** Counts a record whose fields the scanner holds. */
    public void add(LineScanner line, byte[] bytes) {
        records++;
        var nanos = line.nanos();
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
        for (var i = 0; i < services.size(); i++) {
            if (services.get(i).isOf(line, bytes)) {
                services.get(i).add(line.severity());
                return;
            }
        }
        if (services.size() == SERVICES_MAX || nameLength(line) > NAME_LENGTH_MAX) {
            isComplete = false;
            return;
        }
        var count = ServiceCount.of(line, bytes);
        count.add(line.severity());
        services.add(count);
    }

    /** Counts a line that is not a record, and so matches no condition. */
    void addUnreadable() {
        records++;
    }

    void add(BlockStats other) {
        records += other.records;
        minNanos = Math.min(minNanos, other.minNanos);
        maxNanos = Math.max(maxNanos, other.maxNanos);
        isComplete &= other.isComplete;
        other.services.forEach(this::add);
    }

    private static int nameLength(LineScanner line) {
        return line.has(Field.SERVICE) ? line.end(Field.SERVICE) - line.start(Field.SERVICE) : 0;
    }

    private void add(ServiceCount more) {
        for (var known : services) {
            if (known.isOf(more)) {
                known.add(more);
                return;
            }
        }
        if (services.size() == SERVICES_MAX) {
            isComplete = false;
        } else {
            services.add(more.copy());
        }
    }

    BlockStats copy() {
        var copy = new BlockStats();
        copy.add(this);
        return copy;
    }

    /** Returns the number of lines. */
    public int records() {
        return records;
    }

    /** Returns the time of the earliest record, as {@link dev.rollcall.log.line.Times} counts. */
    public long minNanos() {
        return minNanos;
    }

    /** Returns the time of the latest record, as {@link dev.rollcall.log.line.Times} counts. */
    public long maxNanos() {
        return maxNanos;
    }

    /** Returns whether {@link #services} covers all records. */
    public boolean isComplete() {
        return isComplete;
    }

    public List<ServiceCount> services() {
        return List.copyOf(services);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(records);
        out.writeLong(minNanos);
        out.writeLong(maxNanos);
        out.writeBoolean(isComplete);
        out.writeByte(services.size());
        for (var service : services) {
            service.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param areLevelsKnown false if the stored levels are unreliable, so that the records themselves must be read
     */
    static BlockStats read(DataInput in, boolean areLevelsKnown) throws IOException {
        var stats = new BlockStats();
        stats.records = in.readInt();
        stats.minNanos = in.readLong();
        stats.maxNanos = in.readLong();
        stats.isComplete = in.readBoolean() && areLevelsKnown;
        var count = in.readByte();
        for (var i = 0; i < count; i++) {
            stats.services.add(ServiceCount.read(in));
        }
        return stats;
    }
}

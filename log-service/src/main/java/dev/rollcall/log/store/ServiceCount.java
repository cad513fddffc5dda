package dev.rollcall.log.store;

import dev.rollcall.log.line.Field;
import dev.rollcall.log.line.LineScanner;
import dev.rollcall.wire.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The number of records of one service, by severity. Not thread-safe. */
public final class ServiceCount {
    private final byte[] raw;
    private final String name;
    private final int[] counts;

    private ServiceCount(byte[] raw, String name, int[] counts) {
        this.raw = raw;
        this.name = name;
        this.counts = counts;
    }

    static ServiceCount of(LineScanner line, byte[] bytes) {
        return new ServiceCount(rawName(line, bytes), line.text(Field.SERVICE), new int[Severity.ALL.size()]);
    }

    /** Returns the service's name; empty if the records name none. */
    public String name() {
        return name;
    }

    /** Returns the number of records of this severity. */
    public int of(Severity severity) {
        return counts[severity.rank()];
    }

    /** Returns the number of records of this severity or above. */
    public int atLeast(Severity severity) {
        var sum = 0;
        for (var i = severity.rank(); i < counts.length; i++) {
            sum += counts[i];
        }
        return sum;
    }

    boolean isOf(LineScanner line, byte[] bytes) {
        var from = line.has(Field.SERVICE) ? line.start(Field.SERVICE) : 0;
        var to = line.has(Field.SERVICE) ? line.end(Field.SERVICE) : 0;
        return Arrays.equals(raw, 0, raw.length, bytes, from, to);
    }

    boolean isOf(ServiceCount other) {
        return Arrays.equals(raw, other.raw);
    }

    void add(Severity severity) {
        counts[severity.rank()]++;
    }

    void add(ServiceCount other) {
        for (var i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    ServiceCount copy() {
        return new ServiceCount(raw, name, counts.clone());
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(raw.length);
        out.write(raw);
        out.writeUTF(name.length() > BlockStats.NAME_LENGTH_MAX ? "" : name);
        for (var count : counts) {
            out.writeInt(count);
        }
    }

    static ServiceCount read(DataInput in) throws IOException {
        var raw = new byte[in.readInt()];
        in.readFully(raw);
        var name = in.readUTF();
        var counts = new int[Severity.ALL.size()];
        for (var i = 0; i < counts.length; i++) {
            counts[i] = in.readInt();
        }
        return new ServiceCount(raw, name, counts);
    }

    private static byte[] rawName(LineScanner line, byte[] bytes) {
        return line.has(Field.SERVICE)
                ? Arrays.copyOfRange(bytes, line.start(Field.SERVICE), line.end(Field.SERVICE))
                : new byte[0];
    }
}

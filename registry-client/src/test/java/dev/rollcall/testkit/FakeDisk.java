package dev.rollcall.testkit;

import dev.rollcall.disk.RecordDirectory;
import dev.rollcall.disk.RecordFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A directory in memory whose power can fail, and that can refuse operations. Of what was not synced, a power loss
 * leaves an arbitrary prefix, for each file and for the names separately; blocks never written may read as zeros.
 * Thread-safe.
 */
public final class FakeDisk implements RecordDirectory {
    private final Random random;
    private final Set<Operation> failing = EnumSet.noneOf(Operation.class);
    private final List<Map<String, FakeFile>> namings = new ArrayList<>();
    private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
    private final Map<String, ByteBuffer> maps = new HashMap<>();
    private double faultRate;
    private int operations;
    private int operationsMax = Integer.MAX_VALUE;

    /** Creates an empty disk; {@code random} decides what is left to chance. */
    public FakeDisk(Random random) {
        this.random = random;
        namings.add(new HashMap<>());
    }

    /** Makes the power fail during the n-th operation from now on; later operations fail. */
    public synchronized void losePowerAt(int n) {
        operations = 0;
        operationsMax = n;
    }

    /** Whether the power failed. */
    public synchronized boolean hasLostPower() {
        return operations >= operationsMax;
    }

    /** Makes these operations fail until {@link #heal}. */
    public synchronized void fail(Set<Operation> which) {
        failing.addAll(which);
    }

    /** Makes each operation fail with this probability until {@link #heal}. */
    public synchronized void failAtRandom(double probability) {
        faultRate = probability;
    }

    /** Ends all failures. */
    public synchronized void heal() {
        failing.clear();
        faultRate = 0;
    }

    /** Returns how often one of the operations was called. */
    public synchronized int count(Operation operation) {
        return counts.getOrDefault(operation, 0);
    }

    /** Returns the disk in a state possible after the power loss. */
    public synchronized FakeDisk afterPowerLoss() {
        var disk = new FakeDisk(random);
        namings.get(random.nextInt(namings.size()))
                .forEach((name, file) -> disk.current().put(name, disk.new FakeFile(file.surviving())));
        return disk;
    }

    /** Returns a file's content, synced or not. */
    public synchronized byte[] content(String name) {
        return Optional.ofNullable(current().get(name))
                .orElseThrow(() -> new NoSuchElementException(name))
                .seen();
    }

    /** Writes a file, synced. */
    public synchronized void put(String name, byte[] content) {
        current().put(name, new FakeFile(content));
    }

    /** Returns the names of the files, synced or not. */
    public synchronized Set<String> files() {
        return Set.copyOf(current().keySet());
    }

    @Override
    public synchronized RecordFile open(String name) throws IOException {
        begin(Operation.OPEN);
        current().computeIfAbsent(name, n -> new FakeFile(new byte[0]));
        syncNames();
        end();
        return current().get(name);
    }

    @Override
    public synchronized Optional<InputStream> read(String name) throws IOException {
        begin(Operation.READ);
        end();
        return Optional.ofNullable(current().get(name)).map(FakeFile::reading);
    }

    @Override
    public synchronized Set<String> names() {
        return files();
    }

    @Override
    public synchronized long length(String name) {
        return Optional.ofNullable(current().get(name)).map(FakeFile::length).orElse(0L);
    }

    @Override
    public synchronized ByteBuffer map(String name, int bytes) throws IOException {
        begin(Operation.MAP);
        end();
        return maps.computeIfAbsent(
                name, n -> ByteBuffer.allocateDirect(bytes + Long.BYTES).alignedSlice(Long.BYTES));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        requirePower();
        try {
            begin(Operation.RENAME);
        } catch (IOException e) {
            // an error doesn't mean that it was not done
            if (random.nextBoolean()) {
                move(from, to);
            }
            throw e;
        }
        move(from, to);
        end();
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        begin(Operation.DELETE);
        var names = new HashMap<>(current());
        names.remove(name);
        namings.add(names);
        end();
    }

    @Override
    public synchronized void sync() throws IOException {
        begin(Operation.SYNC_NAMES);
        syncNames();
        end();
    }

    @Override
    public void close() {}

    private Map<String, FakeFile> current() {
        return namings.get(namings.size() - 1);
    }

    private void syncNames() {
        namings.subList(0, namings.size() - 1).clear();
    }

    private void move(String from, String to) {
        var names = new HashMap<>(current());
        names.put(to, Optional.ofNullable(names.remove(from)).orElseThrow());
        namings.add(names);
    }

    /** Called before an operation; when the power fails now, chance decides whether it is done. */
    private void begin(Operation operation) throws IOException {
        requirePower();
        counts.merge(operation, 1, Integer::sum);
        if (failing.contains(operation) || random.nextDouble() < faultRate) {
            throw new IOException("a fault of the disk at " + operation);
        }
        operations++;
        if (random.nextBoolean()) {
            requirePower();
        }
    }

    private void end() throws IOException {
        requirePower();
    }

    private void requirePower() throws IOException {
        if (hasLostPower()) {
            throw new IOException("the power is gone");
        }
    }

    /** The operations of a disk. */
    public enum Operation {
        OPEN,
        READ,
        APPEND,
        SYNC,
        TRUNCATE,
        RENAME,
        DELETE,
        SYNC_NAMES,
        MAP,
        FLUSH
    }

    /** A file's content at one time, and the offset from which it was not synced. */
    private static final class State {
        private final byte[] content;
        private final int unsyncedFrom;

        State(byte[] content, int unsyncedFrom) {
            this.content = content;
            this.unsyncedFrom = unsyncedFrom;
        }

        State appended(byte[] record, int count) {
            var longer = Arrays.copyOf(content, content.length + count);
            System.arraycopy(record, 0, longer, content.length, count);
            return new State(longer, unsyncedFrom);
        }

        State truncated(int length) {
            return new State(Arrays.copyOf(content, length), Math.min(unsyncedFrom, length));
        }

        /** The part of the unsynced content that reads as zeros. */
        byte[] without(int lostFrom, int lostTo) {
            var copy = content.clone();
            var from = Math.max(lostFrom, unsyncedFrom);
            var to = Math.min(lostTo, copy.length);
            if (from < to) {
                Arrays.fill(copy, from, to, (byte) 0);
            }
            return copy;
        }
    }

    private final class FakeFile implements RecordFile {
        /** The content when last synced, and after each change since. */
        private final List<State> states = new ArrayList<>();

        private int lostFrom;
        private int lostTo;

        FakeFile(byte[] content) {
            states.add(new State(content, content.length));
        }

        @Override
        public void append(byte[] record) throws IOException {
            synchronized (FakeDisk.this) {
                requirePower();
                try {
                    begin(Operation.APPEND);
                } catch (IOException e) {
                    states.add(last().appended(record, random.nextInt(record.length + 1)));
                    throw e;
                }
                states.add(last().appended(record, record.length));
                end();
            }
        }

        /** Does nothing: appended content is visible at once anyway. */
        @Override
        public void flush() throws IOException {
            synchronized (FakeDisk.this) {
                begin(Operation.FLUSH);
                end();
            }
        }

        /** Continues where more is appended. */
        InputStream reading() {
            return new InputStream() {
                private int position;

                @Override
                public int read() {
                    var one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int count) {
                    synchronized (FakeDisk.this) {
                        var content = seen();
                        var some = Math.min(count, content.length - position);
                        if (some <= 0) {
                            return -1;
                        }
                        System.arraycopy(content, position, into, offset, some);
                        position += some;
                        return some;
                    }
                }
            };
        }

        @Override
        public void sync() throws IOException {
            synchronized (FakeDisk.this) {
                requirePower();
                try {
                    begin(Operation.SYNC);
                } catch (IOException e) {
                    if (!hasLostPower()) {
                        loseUnsynced();
                    }
                    throw e;
                }
                var synced = last().without(lostFrom, lostTo);
                states.clear();
                states.add(new State(synced, synced.length));
                end();
            }
        }

        @Override
        public long length() {
            synchronized (FakeDisk.this) {
                return seen().length;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (FakeDisk.this) {
                begin(Operation.TRUNCATE);
                var to = (int) Math.min(length, seen().length);
                states.add(last().truncated(to));
                lostTo = Math.min(lostTo, to);
                end();
            }
        }

        @Override
        public void close() {}

        byte[] seen() {
            return last().content;
        }

        byte[] surviving() {
            var chosen = random.nextInt(states.size());
            var content = states.get(chosen).without(lostFrom, lostTo);
            if (chosen + 1 < states.size() && states.get(chosen + 1).content.length > content.length) {
                var next = states.get(chosen + 1).without(lostFrom, lostTo);
                var kept = content.length + random.nextInt(next.length - content.length + 1);
                var length = random.nextBoolean() ? next.length : kept;
                content = Arrays.copyOf(Arrays.copyOf(next, kept), length);
            }
            return content;
        }

        private State last() {
            return states.get(states.size() - 1);
        }

        /** Behaves as Linux does: what could not be written counts as written from now on. */
        private void loseUnsynced() {
            var unsyncedFrom = last().unsyncedFrom;
            lostFrom = lostFrom < lostTo ? Math.min(lostFrom, unsyncedFrom) : unsyncedFrom;
            lostTo = seen().length;
        }
    }
}

package dev.rollcall.shipping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How many records a run has produced, and up to which the log service has them. Stands in memory that may be a file's
 * (see {@link dev.rollcall.disk.RecordDirectory#map}): then the next start can tell what died with the process.
 * Thread-safe, without a lock.
 */
final class SequenceCounters {
    static final int BYTES = 128;
    private static final VarHandle COUNTS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PRODUCED = 0;
    /** On another cache line than what every call writes to. */
    private static final int ACKNOWLEDGED = 64;

    private final ByteBuffer memory;

    /** A tally that goes on from what the memory says; zeros are a new run. */
    SequenceCounters(ByteBuffer memory) {
        this.memory = memory;
    }

    static SequenceCounters inMemory() {
        return new SequenceCounters(
                ByteBuffer.allocateDirect(BYTES + Long.BYTES).alignedSlice(Long.BYTES));
    }

    /** One more. */
    void produce() {
        COUNTS.getAndAdd(memory, PRODUCED, 1L);
    }

    long produced() {
        return (long) COUNTS.getVolatile(memory, PRODUCED);
    }

    void acknowledge(long sequence) {
        COUNTS.setVolatile(memory, ACKNOWLEDGED, sequence);
    }

    long acknowledged() {
        return (long) COUNTS.getVolatile(memory, ACKNOWLEDGED);
    }
}

package dev.rollcall.shipping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The number of records that a session has produced, and the last sequence that the log service has acknowledged. The
 * memory may be a file's (see {@link dev.rollcall.disk.RecordDirectory#map}), so that the next start knows what was
 * lost with the process. Thread-safe and lock-free.
 */
final class SequenceCounters {
    static final int BYTES = 128;
    private static final VarHandle COUNTS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PRODUCED = 0;
    /** On another cache line than the counter that every logging call writes. */
    private static final int ACKNOWLEDGED = 64;

    private final ByteBuffer memory;

    /** Continues from the counts in the memory; zeros mean a new session. */
    SequenceCounters(ByteBuffer memory) {
        this.memory = memory;
    }

    static SequenceCounters inMemory() {
        return new SequenceCounters(
                ByteBuffer.allocateDirect(BYTES + Long.BYTES).alignedSlice(Long.BYTES));
    }

    /** Counts one more produced record. */
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

package dev.rollcall.shipping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Drains the capture queue, numbers the events and encodes them. Used by one thread. */
final class RecordSequencer {
    private static final long BATCH_BYTES_MAX = 512 << 10;
    /** The pause while records arrive: the caller need not wake this thread, which would cost microseconds. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final int PAUSES_MAX = 100;
    private static final long SLEEP_NANOS_MAX = 1_000_000_000;
    private static final long UNSETTLED_NANOS = 250_000_000;

    private final CaptureQueue captureQueue;
    private final RecordEncoder recordEncoder;
    private final List<CapturedEvent> events = new ArrayList<>();
    private long sequence;
    private int pauses;

    RecordSequencer(CaptureQueue captureQueue, RecordEncoder recordEncoder) {
        this.captureQueue = captureQueue;
        this.recordEncoder = recordEncoder;
    }

    /** Does in advance what would delay the first record. */
    void prepare() {
        recordEncoder.prepare();
    }

    /** Returns the events captured since the last call, limited so that their records fit into memory easily. */
    Batch nextBatch() {
        events.clear();
        captureQueue.drainTo(events, BATCH_BYTES_MAX);
        var next = sequence + 1;
        // before encoding, so that numbers without a record are announced as dropped
        sequence += events.size();
        var records = new ArrayList<EncodedRecord>(events.size());
        var levels = new ArrayList<Integer>(events.size());
        for (var capturedEvent : events) {
            records.add(recordEncoder.encode(capturedEvent, next++));
            levels.add(capturedEvent.level());
        }
        var dropped = captureQueue.drainDropped();
        var firstDropped = sequence + 1;
        sequence += dropped;
        if (!records.isEmpty() || dropped > 0) {
            pauses = 0;
        }
        return new Batch(records, levels, firstDropped, dropped);
    }

    /** Returns the last assigned sequence. */
    long sequence() {
        return sequence;
    }

    /** Waits for more events. */
    void pause(boolean isUnsettled) {
        if (pauses < PAUSES_MAX) {
            pauses++;
            LockSupport.parkNanos(this, PAUSE_NANOS);
        } else {
            captureQueue.sleep(isUnsettled ? UNSETTLED_NANOS : SLEEP_NANOS_MAX);
        }
    }

    /**
     * One batch of records, and what was dropped after it.
     *
     * @param levels the levels of the records
     * @param firstDropped the sequence of the first event that the queue dropped
     * @param dropped the number of dropped events
     */
    record Batch(List<EncodedRecord> records, List<Integer> levels, long firstDropped, long dropped) {}
}

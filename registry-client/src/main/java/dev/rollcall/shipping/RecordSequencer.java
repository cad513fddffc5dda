package dev.rollcall.shipping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes records from the door, numbers them, and makes lines of them. One thread's. */
final class RecordSequencer {
    private static final long TAKEN_BYTES_MAX = 512 << 10;
    /** While records come: nobody has to be woken then, which would cost the caller microseconds. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final int PAUSES_MAX = 100;
    private static final long SLEEP_NANOS_MAX = 1_000_000_000;
    private static final long UNSETTLED_NANOS = 250_000_000;

    private final CaptureQueue captureQueue;
    private final RecordEncoder recordEncoder;
    private final List<CapturedEvent> taken = new ArrayList<>();
    private long sequence;
    private int pauses;

    RecordSequencer(CaptureQueue captureQueue, RecordEncoder recordEncoder) {
        this.captureQueue = captureQueue;
        this.recordEncoder = recordEncoder;
    }

    /** Does what the first record would have to wait for. */
    void prepare() {
        recordEncoder.prepare();
    }

    /** What came since the last time, at most so much that its lines fit into memory easily. */
    Written write() {
        taken.clear();
        captureQueue.drainTo(taken, TAKEN_BYTES_MAX);
        var next = sequence + 1;
        // whatever happens: numbers without a record are announced as dropped
        sequence += taken.size();
        var lines = new ArrayList<EncodedRecord>(taken.size());
        var levels = new ArrayList<Integer>(taken.size());
        for (var capturedEvent : taken) {
            lines.add(recordEncoder.lineOf(capturedEvent, next++));
            levels.add(capturedEvent.level());
        }
        var lost = captureQueue.drainDropped();
        var firstLost = sequence + 1;
        sequence += lost;
        if (!lines.isEmpty() || lost > 0) {
            pauses = 0;
        }
        return new Written(lines, levels, firstLost, lost);
    }

    /** The last one that was given. */
    long sequence() {
        return sequence;
    }

    /** Waits for more. */
    void pause(boolean isUnsettled) {
        if (pauses < PAUSES_MAX) {
            pauses++;
            LockSupport.parkNanos(this, PAUSE_NANOS);
        } else {
            captureQueue.sleep(isUnsettled ? UNSETTLED_NANOS : SLEEP_NANOS_MAX);
        }
    }

    /**
     * What came.
     *
     * @param levels of the lines
     * @param firstLost the sequence of the first record that the door dropped
     * @param lost how many it dropped
     */
    record Written(List<EncodedRecord> lines, List<Integer> levels, long firstLost, long lost) {
        boolean isEmpty() {
            return lines.isEmpty() && lost == 0;
        }
    }
}

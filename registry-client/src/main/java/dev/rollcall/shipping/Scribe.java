package dev.rollcall.shipping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes records from the door, numbers them, and makes lines of them. One thread's. */
final class Scribe {
    private static final long TAKEN_BYTES_MAX = 512 << 10;
    /** While records come: nobody has to be woken then, which would cost the caller microseconds. */
    private static final long PAUSE_NANOS = 1_000_000;

    private static final int PAUSES_MAX = 100;
    private static final long SLEEP_NANOS_MAX = 60_000_000_000L;
    private static final long UNSETTLED_NANOS = 250_000_000;

    private final Door door;
    private final Encoding encoding;
    private final List<Captured> taken = new ArrayList<>();
    private long sequence;
    private int pauses;

    Scribe(Door door, Encoding encoding) {
        this.door = door;
        this.encoding = encoding;
    }

    /** Does what the first record would have to wait for. */
    void prepare() {
        encoding.prepare();
    }

    /** What came since the last time, at most so much that its lines fit into memory easily. */
    Written write() {
        taken.clear();
        door.take(taken, TAKEN_BYTES_MAX);
        var lines = new ArrayList<Line>(taken.size());
        var levels = new ArrayList<Integer>(taken.size());
        for (var captured : taken) {
            lines.add(encoding.lineOf(captured, ++sequence));
            levels.add(captured.level());
        }
        var lost = door.takeLost();
        var firstLost = sequence + 1;
        sequence += lost;
        if (!lines.isEmpty() || lost > 0) {
            pauses = 0;
        }
        return new Written(lines, levels, firstLost, lost);
    }

    /** Waits for more. */
    void pause(boolean isUnsettled) {
        if (pauses < PAUSES_MAX) {
            pauses++;
            LockSupport.parkNanos(this, PAUSE_NANOS);
        } else {
            door.sleep(isUnsettled ? UNSETTLED_NANOS : SLEEP_NANOS_MAX);
        }
    }

    /**
     * What came.
     *
     * @param levels of the lines
     * @param firstLost the sequence of the first record that the door dropped
     * @param lost how many it dropped
     */
    record Written(List<Line> lines, List<Integer> levels, long firstLost, long lost) {
        boolean isEmpty() {
            return lines.isEmpty() && lost == 0;
        }
    }
}

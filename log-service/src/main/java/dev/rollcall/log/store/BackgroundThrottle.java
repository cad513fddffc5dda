package dev.rollcall.log.store;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Makes work in the background give way, as long as there is more urgent work. Not thread-safe. */
final class BackgroundThrottle {
    /** For each moment of work so many of rest. */
    private static final int RESTS = 2;

    private static final long WORK_NANOS_MAX = 20_000_000;

    private final BooleanSupplier isBusy;
    private long begun;

    BackgroundThrottle(BooleanSupplier isBusy) {
        this.isBusy = isBusy;
    }

    /** Begins a piece of work. */
    void begin() {
        begun = System.nanoTime();
    }

    /** Ends a piece of work, and rests for it if that is called for. */
    void end() {
        if (isBusy.getAsBoolean()) {
            LockSupport.parkNanos(RESTS * Math.min(System.nanoTime() - begun, WORK_NANOS_MAX));
        }
    }
}

package dev.rollcall.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Has G1 look for what it can give back ten times a second, as long as the heap is larger than it should be. Otherwise it
 * does so only when nothing has been collected for seconds, which never happens while there is much to do.
 */
final class HeapBound {
    static final String INTERVAL = "G1PeriodicGCInterval";
    static final String INTERVAL_MILLIS_ABOVE = "100";
    private static final long LOOK_MILLIS = 500;

    private final HotSpotDiagnosticMXBean jvm;
    private final long bytes;
    private final String intervalMillis;
    private boolean isAbove;

    HeapBound(HotSpotDiagnosticMXBean jvm, long bytes, String intervalMillis) {
        this.jvm = jvm;
        this.bytes = bytes;
        this.intervalMillis = intervalMillis;
    }

    /** From now on; not where somebody set the interval on the command line, or the JVM has no such setting. */
    void start() {
        if (isOurs()) {
            var thread = new Thread(this::run, "small-heap");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Looks at how large the heap is now. One that is full of what is kept can't be made smaller.
     *
     * @param old bytes of what has been kept for long
     */
    void check(long committed, long old) {
        var isNow = committed > Math.max(bytes, 2 * old);
        if (isNow != isAbove) {
            isAbove = isNow;
            jvm.setVMOption(INTERVAL, isAbove ? INTERVAL_MILLIS_ABOVE : intervalMillis);
        }
    }

    private boolean isOurs() {
        try {
            var option = jvm.getVMOption(INTERVAL);
            return option.isWriteable() && option.getOrigin() != Origin.VM_CREATION;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void run() {
        var memory = ManagementFactory.getMemoryMXBean();
        var kept = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("G1 Old Gen"))
                .toList();
        try {
            while (!kept.isEmpty()) {
                tryToLook(memory, kept.get(0));
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs nothing: it begins before the main thread has set up logging, which must not happen on two threads. */
    private void tryToLook(MemoryMXBean memory, MemoryPoolMXBean old) {
        try {
            check(memory.getHeapMemoryUsage().getCommitted(), old.getUsage().getUsed());
        } catch (RuntimeException | Error e) {
            // the heap may stay large until the next look; nothing else depends on it
            isAbove = false;
        }
    }
}

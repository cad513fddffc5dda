package dev.rollcall.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Makes G1 look for memory to release ten times a second while the heap is larger than it should be. Otherwise G1 does
 * so only after seconds without a collection, which never happen under load.
 */
final class HeapBound {
    static final String INTERVAL = "G1PeriodicGCInterval";
    static final String INTERVAL_MILLIS_ABOVE = "100";
    private static final long CHECK_MILLIS = 500;

    private final HotSpotDiagnosticMXBean jvm;
    private final long bytes;
    private final String intervalMillis;
    private boolean isAbove;

    HeapBound(HotSpotDiagnosticMXBean jvm, long bytes, String intervalMillis) {
        this.jvm = jvm;
        this.bytes = bytes;
        this.intervalMillis = intervalMillis;
    }

    /** Starts checking, unless the interval was set on the command line or the JVM has no such setting. */
    void start() {
        if (isUnset()) {
            var thread = new Thread(this::run, "small-heap");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Compares the heap with the bound. A heap full of live objects can't be made smaller.
     *
     * @param committed bytes of the heap
     * @param old bytes in the old generation
     */
    void check(long committed, long old) {
        var isNow = committed > Math.max(bytes, 2 * old);
        if (isNow != isAbove) {
            isAbove = isNow;
            jvm.setVMOption(INTERVAL, isAbove ? INTERVAL_MILLIS_ABOVE : intervalMillis);
        }
    }

    private boolean isUnset() {
        try {
            var option = jvm.getVMOption(INTERVAL);
            return option.isWriteable() && option.getOrigin() != Origin.VM_CREATION;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void run() {
        var memory = ManagementFactory.getMemoryMXBean();
        var oldGenerations = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("G1 Old Gen"))
                .toList();
        try {
            while (!oldGenerations.isEmpty()) {
                tryCheck(memory, oldGenerations.get(0));
                TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs nothing: it starts before the main thread has set up logging, which must not happen on two threads. */
    private void tryCheck(MemoryMXBean memory, MemoryPoolMXBean old) {
        try {
            check(memory.getHeapMemoryUsage().getCommitted(), old.getUsage().getUsed());
        } catch (RuntimeException | Error e) {
            // the heap may stay large until the next check; nothing else depends on it
            isAbove = false;
        }
    }
}

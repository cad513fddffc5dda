package dev.rollcall.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the JVM's heap to what the process needs. By default it starts with a 64th of the machine's memory, fills that
 * before the first collection, and never returns what a busy minute took.
 *
 * <p>Options set on the command line stay. Nothing changes where the JVM or its collector lacks these options (they are
 * those of G1, JEP 346).
 */
public final class SmallHeap {
    private static final String INTERVAL_MILLIS = "3000";
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        // in this order, because the minimum must not exceed the maximum
        OPTIONS.put("MinHeapFreeRatio", "10");
        OPTIONS.put("MaxHeapFreeRatio", "30");
        // milliseconds without a collection after which a concurrent one starts
        OPTIONS.put(HeapBound.INTERVAL, INTERVAL_MILLIS);
    }

    private SmallHeap() {}

    /** Sets the options; the first call in a main, while there is little to collect. */
    public static void arrange() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) {
            OPTIONS.forEach((name, value) -> set(jvm, name, value));
            System.gc();
        }
    }

    /**
     * Makes G1 collect and shrink a heap above this size also under load, not only in the first quiet moment. Bounds
     * what stays allocated, not what is used: that is {@code -Xmx}.
     */
    public static void keepBelow(long bytes) {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) {
            new HeapBound(jvm, bytes, INTERVAL_MILLIS).start();
        }
    }

    private static void set(HotSpotDiagnosticMXBean jvm, String name, String value) {
        try {
            if (jvm.getVMOption(name).getOrigin() == Origin.DEFAULT) {
                jvm.setVMOption(name, value);
            }
        } catch (IllegalArgumentException e) {
            // this JVM has no such option, or can't change it
        }
    }
}

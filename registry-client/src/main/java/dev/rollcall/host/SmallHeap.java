package dev.rollcall.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Has the JVM use as much memory as the process needs. By itself it begins with a 64th of the machine's, fills that
 * before it collects anything, and never gives back what a busy minute took.
 *
 * <p>What somebody set on the command line stays as it is, and so does all where the JVM or its collector doesn't know
 * these settings (they are those of G1, JEP 346).
 */
public final class SmallHeap {
    private static final String INTERVAL_MILLIS = "3000";
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        // in this order, since the minimum may not be above the maximum
        OPTIONS.put("MinHeapFreeRatio", "10");
        OPTIONS.put("MaxHeapFreeRatio", "30");
        // milliseconds without a collection after which one is made, concurrently
        OPTIONS.put(HeapBound.INTERVAL, INTERVAL_MILLIS);
    }

    private SmallHeap() {}

    /** Sets it up; the first thing in a main, while there is little to collect. */
    public static void arrange() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) {
            OPTIONS.forEach((name, value) -> set(jvm, name, value));
            System.gc();
        }
    }

    /**
     * Has a heap that grew beyond so many bytes be collected concurrently and made smaller also while there is much to
     * do, and not only in the first quiet moment. It is a bound for what stays, and none for what is taken: that is
     * {@code -Xmx}.
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
            // this JVM has no such setting, or none that can be changed
        }
    }
}

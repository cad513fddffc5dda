package dev.rollcall.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HeapBoundTest {
    private final HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final String before = interval();

    @AfterEach
    void putBack() {
        jvm.setVMOption(HeapBound.INTERVAL, before);
    }

    @Test
    void givenHeapAtItsBoundAboveAndBelowAgain_whenLookedAt_thenCollectedOftenOnlyWhileAbove() {
        var bound = new HeapBound(jvm, 1_000, "3000");

        bound.check(1_000, 0);
        assertThat(interval()).isEqualTo(before);
        bound.check(1_001, 500);
        assertThat(interval()).isEqualTo(HeapBound.INTERVAL_MILLIS_ABOVE);
        bound.check(1_000, 0);
        assertThat(interval()).isEqualTo("3000");
    }

    @Test
    void givenHeapFullOfWhatIsKept_whenLookedAt_thenNotCollectedForNothing() {
        var bound = new HeapBound(jvm, 1_000, "3000");

        bound.check(3_000, 1_500);
        assertThat(interval()).isEqualTo(before);
        bound.check(3_001, 1_500);
        assertThat(interval()).isEqualTo(HeapBound.INTERVAL_MILLIS_ABOVE);
        bound.check(3_001, 1_501);
        assertThat(interval()).isEqualTo("3000");
    }

    private String interval() {
        return jvm.getVMOption(HeapBound.INTERVAL).getValue();
    }
}

package dev.rollcall.portal.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTailQueueTest {
    @Test
    void givenMoreThanThePageHolds_whenDrained_thenNewestAndSkippedCount() {
        var queue = new PageTailQueue(2);
        List.of("a", "b", "c", "d", "e").forEach(queue::add);
        queue.missed(10);

        assertThat(queue.drain()).isEqualTo(new PageTailQueue.Batch(List.of("d", "e"), 13));
        assertThat(queue.drain().isEmpty()).isTrue();
    }
}

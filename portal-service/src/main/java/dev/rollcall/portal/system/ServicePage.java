package dev.rollcall.portal.system;

import dev.rollcall.portal.logs.LogLine;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.Section;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page of one service.
 *
 * @param now the time of rendering
 * @param service the service
 * @param paging the part of the instances that is shown
 * @param note why the page may be stale; may be empty
 * @param measured the instance whose metrics are shown, if there is one
 * @param metrics that instance's metrics
 * @param log the latest lines, newest last
 */
record ServicePage(
        Instant now,
        ServiceGroup service,
        Paging paging,
        String note,
        Optional<Instance> measured,
        Section<Metric> metrics,
        Section<LogLine> log) {
    static final int SIZE = 100;

    List<Instance> shown() {
        return service.instances().stream()
                .skip((long) (paging.page() - 1) * SIZE)
                .limit(SIZE)
                .toList();
    }
}

package dev.rollcall.portal.system;

import dev.rollcall.portal.logs.LogLine;
import dev.rollcall.portal.page.Paging;
import dev.rollcall.portal.page.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One service.
 *
 * @param now at which time
 * @param service all of it
 * @param paging which of the instances are shown
 * @param note why it isn't up to date
 * @param measured whose metrics are shown; empty if there is nobody
 * @param metrics of that instance
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

    List<LogLine> newestFirst() {
        var rows = new ArrayList<>(log.rows());
        Collections.reverse(rows);
        return rows;
    }
}

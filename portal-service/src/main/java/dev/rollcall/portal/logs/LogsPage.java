package dev.rollcall.portal.logs;

import dev.rollcall.portal.page.Section;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Log lines that were searched for.
 *
 * @param search what was asked for
 * @param lines newest last
 * @param older by which older ones are asked for; empty if there are none
 * @param cursor before which these are; empty for the newest
 * @param histogram of all that match; empty if that can't be told
 */
record LogsPage(LogSearch search, Section<LogLine> lines, String older, String cursor, Optional<Histogram> histogram) {

    List<LogLine> newestFirst() {
        var rows = new ArrayList<>(lines.rows());
        Collections.reverse(rows);
        return rows;
    }

    /** The services to choose from. */
    Set<String> services() {
        var services = new TreeSet<String>();
        for (var name : List.of(ServiceName.GRADING, ServiceName.LOG, ServiceName.PORTAL)) {
            services.add(name.value());
        }
        services.add("RegistryService");
        lines.rows().forEach(line -> services.add(line.record().service()));
        services.add(search.service());
        services.remove("");
        return services;
    }

    /** Where these lines are followed as they come. */
    String live() {
        return search.at("/logs/live").toString();
    }

    String last() {
        return lines.rows().isEmpty()
                ? ""
                : lines.rows().get(lines.rows().size() - 1).id();
    }
}

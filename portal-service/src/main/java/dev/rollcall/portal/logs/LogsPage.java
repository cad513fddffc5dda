package dev.rollcall.portal.logs;

import dev.rollcall.portal.page.Section;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The page of a log search.
 *
 * @param search the query
 * @param lines newest last
 * @param older the cursor of older ones; empty if there are none
 * @param cursor the cursor that these lines precede; empty for the newest
 * @param histogram the counts of all matches, if the log service has them
 */
record LogsPage(LogSearch search, Section<LogLine> lines, String older, String cursor, Optional<Histogram> histogram) {
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

    /** Returns the URL of the live lines. */
    String live() {
        return search.at("/logs/live").toString();
    }

    String last() {
        return lines.rows().isEmpty()
                ? ""
                : lines.rows().get(lines.rows().size() - 1).id();
    }
}

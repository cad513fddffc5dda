package dev.rollcall.portal;

import dev.rollcall.wire.LogRecord;
import dev.rollcall.wire.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The running system, as far as it could be asked.
 *
 * @param now when it was asked
 * @param instances everybody the registry knows
 * @param known whom this portal itself was told of, to be shown when the registry can't be asked
 * @param log the latest records, newest last
 */
record SystemPage(Instant now, Section<Instance> instances, List<Provider> known, Section<LogRecord> log) {
    /** Copies; puts the instances in order. */
    SystemPage {
        known = List.copyOf(known);
        var inOrder = instances.rows().stream()
                .sorted(Comparator.comparing(Instance::service).thenComparing(Instance::url))
                .toList();
        instances = new Section<>(inOrder, instances.note());
    }

    /** Who misses what: each service that has no provider, with the services that require it. */
    Map<String, Set<String>> missing() {
        var missing = new TreeMap<String, Set<String>>();
        for (var instance : instances.rows()) {
            for (var name : instance.missing()) {
                missing.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(instance.service());
            }
        }
        return missing;
    }

    /** The latest records, newest first. */
    List<LogRecord> newestFirst() {
        var rows = new ArrayList<>(log.rows());
        Collections.reverse(rows);
        return rows;
    }
}

package dev.rollcall.portal.system;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The instances that the registry knows, at one revision, and the latest changes. Immutable.
 *
 * @param epoch the registry's epoch; empty if it sends none
 * @param revision the registry's revision
 * @param byUrl the instances by URL
 * @param changes the latest changes by revision
 */
record Roll(String epoch, long revision, Map<String, Instance> byUrl, NavigableMap<Long, RollChange> changes) {
    static final Roll EMPTY = new Roll("", 0, Map.of(), new TreeMap<>());

    private static final int CHANGES_MAX = 100;

    Roll {
        byUrl = Map.copyOf(byUrl);
        changes = new TreeMap<>(changes);
        while (changes.size() > CHANGES_MAX) {
            changes.pollFirstEntry();
        }
    }

    /**
     * Returns the roll after a snapshot. Of an older snapshot, only the times of the last responses are taken, which
     * belong to no revision.
     */
    Roll withSnapshot(String newEpoch, long newRevision, List<Instance> instances) {
        var all = new TreeMap<String, Instance>();
        instances.forEach(instance -> all.put(instance.url(), instance));
        var isSame = newEpoch.equals(epoch);
        if (!isSame || epoch.isEmpty() || newRevision >= revision) {
            return new Roll(newEpoch, newRevision, all, isSame ? changes : new TreeMap<>());
        }
        var merged = new TreeMap<>(byUrl);
        merged.replaceAll((url, known) -> {
            var older = all.get(url);
            return older == null || !older.id().equals(known.id()) ? known : known.withLastAnswer(older.lastAnswer());
        });
        return new Roll(epoch, revision, merged, changes);
    }

    /** Returns the roll after a change; a known one changes nothing. */
    Roll with(RollChange change, Instance after) {
        if (change.revision() <= revision) {
            return withChanges(List.of(change));
        }
        var all = new TreeMap<>(byUrl);
        if (change.isGone()) {
            all.remove(change.url());
        } else {
            all.put(change.url(), after);
        }
        return new Roll(epoch, change.revision(), all, changes).withChanges(List.of(change));
    }

    /** Returns a copy with these changes in its list; the instances stay. */
    Roll withChanges(List<RollChange> added) {
        var more = new TreeMap<>(changes);
        added.forEach(change -> more.put(change.revision(), change));
        return new Roll(epoch, revision, byUrl, more);
    }

    /** Returns the services by name, including those that are only required. */
    List<ServiceGroup> services() {
        var groups = new TreeMap<String, List<Instance>>();
        for (var instance : byUrl.values()) {
            groups.computeIfAbsent(instance.service(), name -> new ArrayList<>())
                    .add(instance);
            instance.requires().forEach(name -> groups.computeIfAbsent(name, n -> new ArrayList<>()));
        }
        return groups.entrySet().stream()
                .map(group -> ServiceGroup.of(group.getKey(), group.getValue()))
                .toList();
    }

    /** Returns each service without a provider, with the services that require it. */
    Map<String, Set<String>> missing() {
        var present = byUrl.values().stream()
                .filter(Instance::isAnnounced)
                .map(Instance::service)
                .collect(Collectors.toSet());
        var missing = new TreeMap<String, Set<String>>();
        byUrl.values().stream()
                .sorted(Comparator.comparing(Instance::service))
                .forEach(instance -> instance.requires().stream()
                        .filter(name -> !present.contains(name))
                        .forEach(name -> missing.computeIfAbsent(name, n -> new LinkedHashSet<>())
                                .add(instance.service())));
        return missing;
    }

    /** Returns the latest changes, newest first. */
    List<RollChange> newestFirst(int max) {
        return changes.descendingMap().values().stream().limit(max).toList();
    }

    Optional<Instance> at(String url) {
        return Optional.ofNullable(byUrl.get(url));
    }
}

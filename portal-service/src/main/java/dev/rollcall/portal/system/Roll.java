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
 * Everybody whom the registry knows, at one revision, and what happened last. Immutable.
 *
 * @param epoch which registry's revisions these are; empty of one that tells none
 * @param revision up to which change it holds
 * @param byUrl the instances
 * @param changes the latest, by their revision
 */
record Roll(String epoch, long revision, Map<String, Instance> byUrl, NavigableMap<Long, RollChange> changes) {
    static final Roll EMPTY = new Roll("", 0, Map.of(), new TreeMap<>());

    private static final int CHANGES_MAX = 100;

    /** Copies. */
    Roll {
        byUrl = Map.copyOf(byUrl);
        changes = new TreeMap<>(changes);
        while (changes.size() > CHANGES_MAX) {
            changes.pollFirstEntry();
        }
    }

    /**
     * The roll after all of it was told. If it is older than what is known, only the times of the last answers, which
     * belong to no revision, are taken from it.
     */
    Roll updated(String newEpoch, long newRevision, List<Instance> instances) {
        var all = new TreeMap<String, Instance>();
        instances.forEach(instance -> all.put(instance.url(), instance));
        var isSame = newEpoch.equals(epoch);
        if (!isSame || epoch.isEmpty() || newRevision >= revision) {
            return new Roll(newEpoch, newRevision, all, isSame ? changes : new TreeMap<>());
        }
        var merged = new TreeMap<>(byUrl);
        merged.replaceAll((url, known) -> {
            var older = all.get(url);
            return older == null || !older.id().equals(known.id()) ? known : known.answeredAt(older.lastAnswer());
        });
        return new Roll(epoch, revision, merged, changes);
    }

    /** The roll after a change; one that is known already changes nothing. */
    Roll changed(RollChange change, Instance after) {
        if (change.revision() <= revision) {
            return happened(List.of(change));
        }
        var all = new TreeMap<>(byUrl);
        if (change.isGone()) {
            all.remove(change.url());
        } else {
            all.put(change.url(), after);
        }
        return new Roll(epoch, change.revision(), all, changes).happened(List.of(change));
    }

    /** The same with what happened before, or is known already. */
    Roll happened(List<RollChange> told) {
        var more = new TreeMap<>(changes);
        told.forEach(change -> more.put(change.revision(), change));
        return new Roll(epoch, revision, byUrl, more);
    }

    /** The services by name, also those that are only required. */
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

    /** Who misses what: each service of which nobody is there, with those who require it. */
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

    /** What happened, newest first. */
    List<RollChange> newestFirst(int max) {
        return changes.descendingMap().values().stream().limit(max).toList();
    }

    Optional<Instance> at(String url) {
        return Optional.ofNullable(byUrl.get(url));
    }
}

package dev.rollcall.portal.system;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A service with its instances, those that need attention first.
 *
 * @param name the service
 * @param instances in order
 * @param requires the services that any of them requires
 */
record ServiceGroup(String name, List<Instance> instances, Set<String> requires) {
    private static final List<Health> ORDER = List.of(
            Health.EVICTED,
            Health.SUSPECT,
            Health.DRAINING,
            Health.UNKNOWN,
            Health.STARTING,
            Health.UNCHECKED,
            Health.PASSING);

    ServiceGroup {
        instances = List.copyOf(instances);
    }

    static ServiceGroup of(String name, List<Instance> instances) {
        var inOrder = instances.stream()
                .sorted(Comparator.comparingInt((Instance instance) -> ORDER.indexOf(instance.health()))
                        .thenComparing(Instance::url))
                .toList();
        var requires = instances.stream()
                .flatMap(each -> each.requires().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return new ServiceGroup(name, inOrder, requires);
    }

    /** Returns whether no instance is a provider. */
    boolean isMissing() {
        return instances.stream().noneMatch(Instance::isAnnounced);
    }

    /** Returns the number of instances per health. */
    Map<Health, Integer> counts() {
        var counts = new EnumMap<Health, Integer>(Health.class);
        instances.forEach(instance -> counts.merge(instance.health(), 1, Integer::sum));
        return counts;
    }

    /** Returns the counts as text: {@code 987 passing, 13 suspect}. */
    String summary() {
        return instances.isEmpty()
                ? "no instances"
                : counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().word())
                        .collect(Collectors.joining(", "));
    }

    List<Instance> first(int max) {
        return instances.subList(0, Math.min(max, instances.size()));
    }
}

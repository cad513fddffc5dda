package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which instances provide each service, and which require it. Pure. Not thread-safe. */
final class Relations {
    private final Map<ServiceName, Map<HttpUrl, Provider>> providers = new LinkedHashMap<>();
    private final Map<ServiceName, Set<Instance>> dependants = new LinkedHashMap<>();

    /** Adds an instance as dependant of the services that it requires. */
    void addDependant(Instance instance) {
        for (var service : instance.registration().requires()) {
            dependants.computeIfAbsent(service, s -> new LinkedHashSet<>()).add(instance);
        }
    }

    /** Removes an instance from the dependants. */
    void removeDependant(Instance instance) {
        for (var service : instance.registration().requires()) {
            dependants.computeIfPresent(service, (s, all) -> {
                all.remove(instance);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Returns a copy of the dependants of a service. */
    List<Instance> dependantsOf(ServiceName service) {
        return List.copyOf(dependants.getOrDefault(service, Set.of()));
    }

    /** Returns a copy of the providers of a service. */
    List<Provider> providersOf(ServiceName service) {
        return List.copyOf(providers.getOrDefault(service, Map.of()).values());
    }

    int countProvidersOf(ServiceName service) {
        return providers.getOrDefault(service, Map.of()).size();
    }

    /** Returns the services with at least one provider. */
    Set<ServiceName> provided() {
        return providers.keySet();
    }

    /** Returns the providers of all services that a dependant requires. */
    List<Provider> providersFor(Instance dependant) {
        var all = new ArrayList<Provider>();
        for (var service : dependant.registration().requires()) {
            all.addAll(providers.getOrDefault(service, Map.of()).values());
        }
        return all;
    }

    /**
     * Announces an instance as this provider, or withdraws it.
     *
     * @return the services whose providers changed
     */
    Set<ServiceName> announce(Instance instance, Optional<Provider> provider) {
        var changed = new LinkedHashSet<ServiceName>();
        var before = instance.announced();
        var after = provider.orElse(null);
        if (Objects.equals(before, after)) {
            return changed;
        }
        if (before != null) {
            remove(before);
            changed.add(before.name());
        }
        if (after != null) {
            providers.computeIfAbsent(after.name(), n -> new LinkedHashMap<>()).put(after.url(), after);
            changed.add(after.name());
        }
        instance.announce(after);
        return changed;
    }

    private void remove(Provider provider) {
        providers.computeIfPresent(provider.name(), (name, all) -> {
            all.remove(provider.url());
            return all.isEmpty() ? null : all;
        });
    }
}

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

/** Who provides which service, and who requires it. Pure. Not thread-safe. */
final class Relations {
    private final Map<ServiceName, Map<HttpUrl, Provider>> providers = new LinkedHashMap<>();
    private final Map<ServiceName, Set<Instance>> dependants = new LinkedHashMap<>();

    /** An instance is to be told who provides what it requires. */
    void addDependant(Instance instance) {
        for (var service : instance.registration().requires()) {
            dependants.computeIfAbsent(service, s -> new LinkedHashSet<>()).add(instance);
        }
    }

    /** An instance requires nothing any more. */
    void removeDependant(Instance instance) {
        for (var service : instance.registration().requires()) {
            dependants.computeIfPresent(service, (s, all) -> {
                all.remove(instance);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Those who require a service; a copy. */
    List<Instance> dependantsOf(ServiceName service) {
        return List.copyOf(dependants.getOrDefault(service, Set.of()));
    }

    /** The providers of a service; a copy. */
    List<Provider> providersOf(ServiceName service) {
        return List.copyOf(providers.getOrDefault(service, Map.of()).values());
    }

    int countProvidersOf(ServiceName service) {
        return providers.getOrDefault(service, Map.of()).size();
    }

    /** The services that somebody provides. */
    Set<ServiceName> provided() {
        return providers.keySet();
    }

    /** All that a dependant is to know. */
    List<Provider> providersFor(Instance dependant) {
        var all = new ArrayList<Provider>();
        for (var service : dependant.registration().requires()) {
            all.addAll(providers.getOrDefault(service, Map.of()).values());
        }
        return all;
    }

    /**
     * Announces an instance as this provider, or takes the announcement back.
     *
     * @return the services whose dependants that concerns
     */
    Set<ServiceName> announce(Instance instance, Optional<Provider> provider) {
        var concerned = new LinkedHashSet<ServiceName>();
        var before = instance.announced();
        var after = provider.orElse(null);
        if (Objects.equals(before, after)) {
            return concerned;
        }
        if (before != null) {
            remove(before);
            concerned.add(before.name());
        }
        if (after != null) {
            providers.computeIfAbsent(after.name(), n -> new LinkedHashMap<>()).put(after.url(), after);
            concerned.add(after.name());
        }
        instance.announce(after);
        return concerned;
    }

    private void remove(Provider provider) {
        providers.computeIfPresent(provider.name(), (name, all) -> {
            all.remove(provider.url());
            return all.isEmpty() ? null : all;
        });
    }
}

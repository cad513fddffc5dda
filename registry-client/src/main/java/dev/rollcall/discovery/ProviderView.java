package dev.rollcall.discovery;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The known providers of each service, as of the last patch. Immutable; {@link #apply} returns the next view.
 *
 * <p>Providers are a set keyed by service and URL, whatever the registry repeats. There are two kinds:
 *
 * <ul>
 *   <li><i>present</i>: the registry lists them.
 *   <li><i>last known</i>: no registry lists them any more, but no trustworthy one has removed them. A registry of
 *       another epoch may omit them because it lost its state. A plain registry may have removed the last ones because
 *       it sends changes out of order. They serve while none is present.
 * </ul>
 */
final class ProviderView {
    static final ProviderView EMPTY = new ProviderView("", 0, Map.of(), Map.of());

    private final String epoch;
    private final long revision;
    private final Map<ServiceName, List<Provider>> present;
    private final Map<ServiceName, List<Provider>> lastKnown;

    private ProviderView(
            String epoch,
            long revision,
            Map<ServiceName, List<Provider>> present,
            Map<ServiceName, List<Provider>> lastKnown) {
        this.epoch = epoch;
        this.revision = revision;
        this.present = present;
        this.lastKnown = lastKnown;
    }

    /** Returns the epoch of the last patch; empty before the first one, or if it came from a plain registry. */
    String epoch() {
        return epoch;
    }

    long revision() {
        return revision;
    }

    List<Provider> present(ServiceName service) {
        return present.getOrDefault(service, List.of());
    }

    /** Returns the present providers, or the last known ones while there are none. */
    List<Provider> candidates(ServiceName service) {
        var now = present(service);
        return now.isEmpty() ? lastKnown.getOrDefault(service, List.of()) : now;
    }

    /** Applies a patch. */
    Applied apply(ReceivedPatch received) {
        if (received.revisions().isEmpty()) {
            return applied(patchedPlain(received));
        }
        var to = received.revisions().get();
        if (to.epoch().equals(epoch)) {
            if (received.snapshot()) {
                return to.revision() < revision ? unchanged() : applied(replaced(received, to, Map.of()));
            }
            if (to.revision() <= revision) {
                return unchanged();
            }
            return to.previous() > revision ? new Applied(this, Outcome.CONFLICT) : applied(patched(received, to));
        }
        if (received.snapshot() || (epoch.isEmpty() && to.previous() == 0)) {
            return applied(replaced(received, to, allKnown()));
        }
        return new Applied(this, Outcome.CONFLICT);
    }

    private Applied unchanged() {
        return new Applied(this, Outcome.APPLIED);
    }

    private static Applied applied(ProviderView next) {
        return new Applied(next, Outcome.APPLIED);
    }

    private ProviderView patched(ReceivedPatch received, ReceivedPatch.Revisions to) {
        var next = new Draft(present);
        received.patch().removed().forEach(next::remove);
        received.patch().added().forEach(next::add);
        return new ProviderView(to.epoch(), to.revision(), next.finished(), next.without(lastKnown, received));
    }

    /** Returns a snapshot's view. All of {@code kept} become last known, except what the patch removes. */
    private static ProviderView replaced(
            ReceivedPatch received, ReceivedPatch.Revisions to, Map<ServiceName, List<Provider>> kept) {
        var next = new Draft(Map.of());
        received.patch().added().forEach(next::add);
        return new ProviderView(to.epoch(), to.revision(), next.finished(), next.without(kept, received));
    }

    private ProviderView patchedPlain(ReceivedPatch received) {
        var next = new Draft(present);
        received.patch().removed().forEach(next::remove);
        received.patch().added().forEach(next::add);
        var last = new LinkedHashMap<>(lastKnown);
        for (var removed : received.patch().removed()) {
            var before = present(removed.name());
            if (next.isEmpty(removed.name()) && !before.isEmpty()) {
                last.put(removed.name(), before);
            }
        }
        return new ProviderView("", 0, next.finished(), Map.copyOf(last));
    }

    private Map<ServiceName, List<Provider>> allKnown() {
        var all = new LinkedHashMap<>(lastKnown);
        all.putAll(present);
        return all;
    }

    enum Outcome {
        APPLIED,
        CONFLICT
    }

    record Applied(ProviderView view, Outcome outcome) {}

    /** The lists of the next view under construction. */
    private static final class Draft {
        private final Map<ServiceName, Map<HttpUrl, Provider>> lists = new LinkedHashMap<>();

        Draft(Map<ServiceName, List<Provider>> start) {
            start.values().forEach(list -> list.forEach(this::add));
        }

        void add(Provider provider) {
            lists.computeIfAbsent(provider.name(), n -> new LinkedHashMap<>()).put(provider.url(), provider);
        }

        void remove(Provider provider) {
            var list = lists.get(provider.name());
            if (list != null) {
                list.remove(provider.url());
            }
        }

        boolean isEmpty(ServiceName service) {
            return lists.getOrDefault(service, Map.of()).isEmpty();
        }

        Map<ServiceName, List<Provider>> finished() {
            var finished = new LinkedHashMap<ServiceName, List<Provider>>();
            lists.forEach((name, list) -> {
                if (!list.isEmpty()) {
                    finished.put(name, List.copyOf(list.values()));
                }
            });
            return Map.copyOf(finished);
        }

        /** Returns the kept providers without those that the patch removes. */
        Map<ServiceName, List<Provider>> without(Map<ServiceName, List<Provider>> kept, ReceivedPatch received) {
            var removed = received.patch().removed();
            var left = new LinkedHashMap<ServiceName, List<Provider>>();
            kept.forEach((name, list) -> {
                var stays = new ArrayList<>(list);
                stays.removeIf(p -> removed.stream()
                        .anyMatch(r -> Objects.equals(r.name(), p.name()) && Objects.equals(r.url(), p.url())));
                if (!stays.isEmpty()) {
                    left.put(name, List.copyOf(stays));
                }
            });
            return Map.copyOf(left);
        }
    }
}

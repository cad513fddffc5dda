package dev.rollcall.discovery;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * The providers of the services that this process requires, updated by the registry's patches. Contains no duplicates,
 * and stays as it is while the registry is away. Thread-safe; reading takes no lock.
 */
public final class Providers {
    private volatile ProviderView view = ProviderView.EMPTY;

    /** Creates an empty view. */
    public Providers() {}

    /** Applies a patch; {@code false} if it starts from another revision, so that the registry must send a snapshot. */
    public synchronized boolean apply(ReceivedPatch patch) {
        var applied = view.apply(patch);
        view = applied.view();
        return applied.outcome() == ProviderView.Outcome.APPLIED;
    }

    /** Returns the providers of a service that the registry lists. */
    public List<Provider> of(ServiceName service) {
        return view.present(service);
    }

    /** Returns the providers to try: the listed ones or, while there are none, the last known ones. */
    public List<Provider> candidates(ServiceName service) {
        return view.candidates(service);
    }

    /**
     * Returns epoch and revision of this view, with a colon between; empty before an extended registry's first patch.
     */
    public Optional<String> revision() {
        var now = view;
        return now.epoch().isEmpty() ? Optional.empty() : Optional.of(now.epoch() + ":" + now.revision());
    }
}

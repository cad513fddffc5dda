package dev.rollcall.discovery;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who provides the services that this process requires, kept up to date by the registry's patches. Nobody is in it
 * twice, and it stays as it is while the registry is away. Thread-safe; reading takes no lock.
 */
public final class Providers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile ProviderView view = ProviderView.EMPTY;

    /** A view that nobody has told anything yet. */
    public Providers() {}

    /** Takes in a patch; {@code false} means that it starts from something else than this view, so send a snapshot. */
    public boolean apply(ReceivedPatch patch) {
        lock.lock();
        try {
            var applied = view.apply(patch);
            view = applied.view();
            changed.signalAll();
            return applied.outcome() == ProviderView.Outcome.APPLIED;
        } finally {
            lock.unlock();
        }
    }

    /** The providers of a service that the registry says are there. */
    public List<Provider> of(ServiceName service) {
        return view.present(service);
    }

    /** The providers to try: those that are there or, while there are none, those last known. */
    public List<Provider> candidates(ServiceName service) {
        return view.candidates(service);
    }

    /** Epoch and revision of this view, with a colon between; empty before an extended registry told anything. */
    public Optional<String> revision() {
        var now = view;
        return now.epoch().isEmpty() ? Optional.empty() : Optional.of(now.epoch() + ":" + now.revision());
    }

    /** Waits until a service has a provider, at most so long; empty if it still has none then. */
    public Optional<Provider> awaitProvider(ServiceName service, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            var nanos = limit.toNanos();
            while (of(service).isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return of(service).stream().findFirst();
        } finally {
            lock.unlock();
        }
    }
}

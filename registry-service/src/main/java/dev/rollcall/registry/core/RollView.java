package dev.rollcall.registry.core;

import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole roll at one revision. Immutable, except for the last probes' results, which are not part of a revision.
 *
 * @param epoch identity of this registry's state
 * @param revision raised by one at each change
 * @param entries all instances, in the order of registration
 * @param provided the services with at least one announced provider
 */
public record RollView(String epoch, long revision, List<Entry> entries, Set<ServiceName> provided) {
    public RollView {
        entries = List.copyOf(entries);
        provided = Set.copyOf(provided);
    }

    /**
     * One instance on the roll.
     *
     * @param isAnnounced whether dependants are notified of it
     */
    public record Entry(
            Registration registration, Health health, boolean isAnnounced, Instant since, LastResponse lastResponse) {}

    /** Returns the required services that have no provider. */
    public List<ServiceName> missing(Entry entry) {
        return entry.registration().requires().stream()
                .filter(service -> !provided.contains(service))
                .toList();
    }

    /** Returns the view's HTTP entity tag. */
    public String etag() {
        return '"' + epoch + "-" + revision + '"';
    }

    /** Returns the revision of an {@link #etag} of this epoch. */
    public static Optional<Long> revisionOf(String etag, String epoch) {
        var start = '"' + epoch + "-";
        try {
            return etag.startsWith(start) && etag.endsWith("\"")
                    ? Optional.of(Long.parseLong(etag.substring(start.length(), etag.length() - 1)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

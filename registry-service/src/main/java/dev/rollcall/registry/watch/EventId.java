package dev.rollcall.registry.watch;

import java.util.Optional;

/**
 * A watcher's position: everything up to this revision of this registry's state.
 *
 * @param epoch identity of the state
 * @param revision of the last change that was sent, or filtered out
 */
record EventId(String epoch, long revision) {
    /** Parses what {@link #toString} wrote; empty for anything else. */
    static Optional<EventId> parse(String text) {
        var colon = text.lastIndexOf(':');
        try {
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new EventId(
                            text.substring(0, colon),
                            Long.parseLong(text.substring(colon + 1).strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return epoch + ':' + revision;
    }
}

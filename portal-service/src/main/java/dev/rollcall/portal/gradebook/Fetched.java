package dev.rollcall.portal.gradebook;

/**
 * A response to show, fresh or stale.
 *
 * @param response the current response, or the last one
 * @param note why it is stale; empty if it is fresh
 */
record Fetched(CachedResponse response, String note) {
    boolean isFresh() {
        return note.isEmpty();
    }
}

package dev.rollcall.portal.gradebook;

/**
 * What there is to be shown of one address.
 *
 * @param told what the grading service tells, or told last
 * @param note why it isn't fresh; empty if it is
 */
record Fetched(CachedResponse told, String note) {
    boolean isFresh() {
        return note.isEmpty();
    }
}

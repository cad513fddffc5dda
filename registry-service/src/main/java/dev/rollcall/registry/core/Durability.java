package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tracks which announcements and withdrawals of providers are not yet on disk. Pure. Not thread-safe. */
public final class Durability {
    private final Map<HttpUrl, Integer> unwritten = new HashMap<>();

    /** Notes records that are to be written. */
    public void appended(List<JournalRecord> records) {
        records.forEach(record -> count(record, 1));
    }

    /** Notes records that are on disk. */
    public void committed(List<JournalRecord> records) {
        records.forEach(record -> count(record, -1));
    }

    /** Returns whether everything in a patch is on disk. */
    public boolean covers(PendingPatch pendingPatch) {
        return unwritten.isEmpty()
                || (isWritten(pendingPatch.patch().added())
                        && isWritten(pendingPatch.patch().removed()));
    }

    private boolean isWritten(List<Provider> providers) {
        return providers.stream().noneMatch(provider -> unwritten.containsKey(provider.url()));
    }

    private void count(JournalRecord record, int delta) {
        if (record instanceof JournalRecord.Announced announced) {
            count(announced.url(), delta);
        } else if (record instanceof JournalRecord.Removed removed) {
            count(removed.url(), delta);
        }
    }

    private void count(HttpUrl url, int delta) {
        unwritten.merge(url, delta, (before, change) -> before + change == 0 ? null : before + change);
    }
}

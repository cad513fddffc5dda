package dev.rollcall.registry.core;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of which providers it isn't on disk yet that they are announced, or are no longer. Pure. Not thread-safe. */
public final class Durability {
    private final Map<HttpUrl, Integer> unwritten = new HashMap<>();

    /** These are to be written. */
    public void appended(List<JournalRecord> records) {
        records.forEach(record -> count(record, 1));
    }

    /** These are on disk. */
    public void committed(List<JournalRecord> records) {
        records.forEach(record -> count(record, -1));
    }

    /** Whether all that a letter says is on disk. */
    public boolean covers(Mailbox.PendingPatch pendingPatch) {
        return unwritten.isEmpty()
                || (isWritten(pendingPatch.patch().added())
                        && isWritten(pendingPatch.patch().removed()));
    }

    private boolean isWritten(List<Provider> providers) {
        return providers.stream().noneMatch(provider -> unwritten.containsKey(provider.url()));
    }

    private void count(JournalRecord record, int by) {
        if (record instanceof JournalRecord.Announced announced) {
            count(announced.url(), by);
        } else if (record instanceof JournalRecord.Removed removed) {
            count(removed.url(), by);
        }
    }

    private void count(HttpUrl url, int by) {
        unwritten.merge(url, by, (before, change) -> before + change == 0 ? null : before + change);
    }
}

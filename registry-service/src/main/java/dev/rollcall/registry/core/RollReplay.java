package dev.rollcall.registry.core;

import dev.rollcall.registry.core.RollState.Entry;
import dev.rollcall.registry.core.RollState.Tombstone;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what records amount to. Pure, and without failure: a record of an unknown instance only raises the revision. Not
 * thread-safe.
 */
public final class RollReplay {
    /** When there are more, the oldest is dropped. */
    static final int TOMBSTONES_MAX = 10_000;

    private final Map<HttpUrl, Entry> entries = new LinkedHashMap<>();
    private final Map<Key, Tombstone> tombstones = new LinkedHashMap<>();
    private String epoch = "";
    private long revision;
    private long settled;

    public void apply(JournalRecord record) {
        if (record instanceof JournalRecord.Registered r) {
            reach(r.revision());
            register(r.registration(), r.revision());
        } else if (record instanceof JournalRecord.Removed r) {
            reach(r.revision());
            Optional.ofNullable(entries.remove(r.url()))
                    .flatMap(RollReplay::announcement)
                    .ifPresent(provider -> bury(provider, r.revision()));
        } else if (record instanceof JournalRecord.Announced r) {
            reach(r.revision());
            entries.computeIfPresent(r.url(), (url, entry) -> announce(entry, r));
        } else if (record instanceof JournalRecord.Withdrawn r) {
            reach(r.revision());
            bury(r.provider(), r.revision());
        } else if (record instanceof JournalRecord.Reserved r) {
            reach(r.revision());
        } else if (record instanceof JournalRecord.Settled r) {
            reach(r.revision());
            settle(r.revision());
        } else if (record instanceof JournalRecord.Began r) {
            begin(r.epoch());
        }
    }

    /**
     * Some records are lost. What dependants were told of them isn't known, so nothing counts as known to all, and the
     * identity changes, since a revision may be given a second time.
     */
    public void distrust(String newEpoch) {
        epoch = newEpoch;
        settled = 0;
    }

    /** What all records so far amount to. */
    public RollState state() {
        return new RollState(epoch, revision, settled, List.copyOf(entries.values()), List.copyOf(tombstones.values()));
    }

    private void begin(String newEpoch) {
        entries.clear();
        tombstones.clear();
        epoch = newEpoch;
        revision = 0;
        settled = 0;
    }

    private void reach(long reached) {
        revision = Math.max(revision, reached);
    }

    private void register(Registration registration, long at) {
        var url = registration.url();
        var before = entries.get(url);
        if (before == null) {
            entries.put(url, new Entry(registration, at, false, at));
            return;
        }
        var told = announcement(before);
        var isTheSame = told.isEmpty() || told.get().equals(registration.asProvider());
        var entry = new Entry(registration, at, before.announced(), isTheSame ? before.changed() : at);
        entries.put(url, entry);
        replace(told, announcement(entry), at);
    }

    private Entry announce(Entry before, JournalRecord.Announced record) {
        var at = record.revision();
        var entry = new Entry(before.registration(), before.registered(), record.announced(), at);
        if (record.service() != null
                && !record.service().equals(before.registration().name())) {
            // announced as what it was until the registration counted that is written down before
            bury(Provider.of(record.service(), record.url()), at);
        }
        replace(announcement(before), announcement(entry), at);
        return entry;
    }

    /** Dependants know a provider by its service and URL; one that they are told of anew is replaced at theirs. */
    private void replace(Optional<Provider> before, Optional<Provider> after, long at) {
        before.ifPresent(provider -> bury(provider, at));
        after.ifPresent(provider -> tombstones.remove(Key.of(provider)));
    }

    /** Only plain dependants need it, which are told names and URLs. */
    private void bury(Provider provider, long at) {
        tombstones.remove(Key.of(provider));
        tombstones.put(Key.of(provider), new Tombstone(provider.plain(), at));
        if (tombstones.size() > TOMBSTONES_MAX) {
            var oldest = tombstones.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void settle(long at) {
        settled = Math.max(settled, at);
    }

    private static Optional<Provider> announcement(Entry entry) {
        return entry.announced() ? Optional.of(entry.registration().asProvider()) : Optional.empty();
    }

    private record Key(ServiceName name, HttpUrl url) {
        static Key of(Provider provider) {
            return new Key(provider.name(), provider.url());
        }
    }
}

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
 * Replays journal records into a {@link RollState}. Pure. It never fails: a record of an unknown instance only raises
 * the revision. Not thread-safe.
 */
public final class RollReplay {
    /** Beyond this number the oldest is dropped. */
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
     * Handles the loss of some records. What dependants were sent of them is unknown, so nothing counts as settled. The
     * identity changes, since a revision may be used a second time.
     */
    public void distrust(String newEpoch) {
        epoch = newEpoch;
        settled = 0;
    }

    /** Returns the state after all records so far. */
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
        var announcedBefore = announcement(before);
        var isSame = announcedBefore.isEmpty() || announcedBefore.get().equals(registration.asProvider());
        var entry = new Entry(registration, at, before.announced(), isSame ? before.changed() : at);
        entries.put(url, entry);
        replace(announcedBefore, announcement(entry), at);
    }

    private Entry announce(Entry before, JournalRecord.Announced record) {
        var at = record.revision();
        var entry = new Entry(before.registration(), before.registered(), record.announced(), at);
        if (record.service() != null
                && !record.service().equals(before.registration().name())) {
            // announced as its former service: the registration written before did not yet take effect
            bury(Provider.of(record.service(), record.url()), at);
        }
        replace(announcement(before), announcement(entry), at);
        return entry;
    }

    /**
     * Replaces a provider. Dependants identify one by service and URL, so announcing it again replaces it there too.
     */
    private void replace(Optional<Provider> before, Optional<Provider> after, long at) {
        before.ifPresent(provider -> bury(provider, at));
        after.ifPresent(provider -> tombstones.remove(Key.of(provider)));
    }

    /** Keeps what plain dependants need, which are sent names and URLs only. */
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

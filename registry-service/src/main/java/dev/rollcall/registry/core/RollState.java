package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the registry knows for good: what a journal's records amount to. Immutable.
 *
 * @param epoch identity of this state; empty before it began
 * @param revision the one to go on from: no revision above it was told to anybody
 * @param settled every dependant has acknowledged everything up to this revision
 * @param entries the roll, in the order in which the instances came
 * @param tombstones announcements that were taken back, the one taken back last at the end. Those up to {@code settled}
 *     still matter to who could not be told
 */
public record RollState(String epoch, long revision, long settled, List<Entry> entries, List<Tombstone> tombstones) {
    /** Copies. */
    public RollState {
        entries = List.copyOf(entries);
        tombstones = List.copyOf(tombstones);
    }

    /** What records amount to, from the beginning. */
    public static RollState of(List<JournalRecord> records) {
        var replay = new RollReplay();
        records.forEach(replay::apply);
        return replay.state();
    }

    /** Returns this state with metadata that is longer than {@link RegistrationBounds} allow left out. */
    public RollState withinBounds() {
        return new RollState(
                epoch,
                revision,
                settled,
                entries.stream().map(Entry::withinBounds).toList(),
                tombstones);
    }

    /** Records that amount to this state. */
    public List<JournalRecord> records() {
        var records = new ArrayList<JournalRecord>(2 * entries.size() + tombstones.size() + 3);
        if (!epoch.isEmpty()) {
            records.add(new JournalRecord.Began(epoch));
        }
        tombstones.forEach(t -> records.add(new JournalRecord.Withdrawn(t.revision(), t.provider())));
        for (var entry : entries) {
            var registration = entry.registration();
            records.add(new JournalRecord.Registered(entry.registered(), registration));
            records.add(new JournalRecord.Announced(
                    entry.changed(), registration.url(), entry.announced(), registration.name()));
        }
        records.add(new JournalRecord.Reserved(revision));
        records.add(new JournalRecord.Settled(settled));
        return records;
    }

    /**
     * One instance on the roll.
     *
     * @param registered the revision of its last registration
     * @param announced whether dependants may have been told of it
     * @param changed the revision at which that, or what they were told of it, changed last
     */
    public record Entry(Registration registration, long registered, boolean announced, long changed) {
        Entry withinBounds() {
            return new Entry(RegistrationBounds.withinBounds(registration), registered, announced, changed);
        }

        public boolean exceedsBounds() {
            return !RegistrationBounds.withinBounds(registration).equals(registration);
        }
    }

    /**
     * An announcement that was taken back, and that some dependant may not know to be.
     *
     * @param provider as it was announced
     * @param revision the one at which it was taken back
     */
    record Tombstone(Provider provider, long revision) {}
}

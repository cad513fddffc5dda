package dev.rollcall.registry.core;

import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import java.util.ArrayList;
import java.util.List;

/**
 * The durable state of the registry: the result of a journal's records. Immutable.
 *
 * @param epoch identity of this state; empty before it began
 * @param revision where to continue: no higher revision was sent to any client
 * @param settled every dependant has acknowledged everything up to this revision
 * @param entries the instances in the order of registration
 * @param tombstones withdrawn announcements, the latest last. Those up to {@code settled} still matter to dependants
 *     that could not be reached
 */
public record RollState(String epoch, long revision, long settled, List<Entry> entries, List<Tombstone> tombstones) {
    public RollState {
        entries = List.copyOf(entries);
        tombstones = List.copyOf(tombstones);
    }

    /** Replays records from the beginning. */
    public static RollState of(List<JournalRecord> records) {
        var replay = new RollReplay();
        records.forEach(replay::apply);
        return replay.state();
    }

    /** Returns this state without metadata that exceeds the {@link RegistrationBounds}. */
    public RollState withinBounds() {
        return new RollState(
                epoch,
                revision,
                settled,
                entries.stream().map(Entry::withinBounds).toList(),
                tombstones);
    }

    /** Returns records that replay to this state. */
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
     * @param announced whether dependants may have been notified of it
     * @param changed the revision at which its announcement last changed
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
     * A withdrawn announcement that some dependant may still hold.
     *
     * @param provider as it was announced
     * @param revision the revision of the withdrawal
     */
    record Tombstone(Provider provider, long revision) {}
}

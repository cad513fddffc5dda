package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.core.JournalRecord.Announced;
import dev.rollcall.registry.core.JournalRecord.Began;
import dev.rollcall.registry.core.JournalRecord.Registered;
import dev.rollcall.registry.core.JournalRecord.Removed;
import dev.rollcall.registry.core.JournalRecord.Reserved;
import dev.rollcall.registry.core.JournalRecord.Settled;
import dev.rollcall.registry.core.RollState.Entry;
import dev.rollcall.registry.core.RollState.Tombstone;
import dev.rollcall.registry.journal.JournalHistory;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RollStateTest {
    private static final int SEEDS = 300;
    private static final ServiceName GRADING = ServiceName.GRADING;
    private static final HttpUrl FIRST = JournalHistory.place(1);
    private static final HttpUrl SECOND = JournalHistory.place(2);
    private static final Registration GRADES = Registration.of(GRADING, FIRST);
    private static final Registration OTHER_GRADES = Registration.of(GRADING, SECOND);
    private static final Registration PORTAL = Registration.of(ServiceName.PORTAL, FIRST);
    private static final Registration GRADES_ANEW =
            new Registration(GRADING, FIRST, List.of(ServiceName.LOG), null, null, "2", 2, Map.of());
    private static final Registration GRADES_REQUIRING =
            new Registration(GRADING, FIRST, List.of(ServiceName.LOG), null, null, "", 0, Map.of());

    static Stream<Arguments> entries() {
        return Stream.of(
                row("new: not announced", entry(GRADES, 1, false, 1), registered(1, GRADES)),
                row("announced", entry(GRADES, 1, true, 2), registered(1, GRADES), announced(2, true)),
                row(
                        "evicted",
                        entry(GRADES, 1, false, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        announced(3, false)),
                row(
                        "returned",
                        entry(GRADES, 1, true, 4),
                        registered(1, GRADES),
                        announced(2, true),
                        announced(3, false),
                        announced(4, true)),
                row(
                        "registered again as it was: dependants know it already",
                        entry(GRADES, 3, true, 2),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, GRADES)),
                row(
                        "registered again with other requirements: dependants know it already",
                        entry(GRADES_REQUIRING, 3, true, 2),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, GRADES_REQUIRING)),
                row(
                        "registered again as another instance: dependants are notified",
                        entry(GRADES_ANEW, 3, true, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, GRADES_ANEW)),
                row(
                        "registered again while evicted",
                        entry(GRADES_ANEW, 4, false, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        announced(3, false),
                        registered(4, GRADES_ANEW)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void givenRecordsOfOneInstance_whenReplayed_thenItsEntryIsRight(
            String what, Entry expected, List<JournalRecord> records) {
        var state = RollState.of(records);

        assertThat(state.entries()).containsExactly(expected);
    }

    static Stream<Arguments> tombstones() {
        return Stream.of(
                row("never announced", List.of(), registered(1, GRADES), removed(2)),
                row(
                        "announced as what it was before the registration that was written down first",
                        List.of(new Tombstone(Provider.of(ServiceName.LOG, FIRST), 2)),
                        registered(1, GRADES),
                        new Announced(2, FIRST, true, ServiceName.LOG)),
                row("removed", tombstone(GRADES, 3), registered(1, GRADES), announced(2, true), removed(3)),
                row("evicted", tombstone(GRADES, 3), registered(1, GRADES), announced(2, true), announced(3, false)),
                row(
                        "evicted, then removed: the announcement ended when it was evicted",
                        tombstone(GRADES, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        announced(3, false),
                        removed(4)),
                row(
                        "returned",
                        List.of(),
                        registered(1, GRADES),
                        announced(2, true),
                        announced(3, false),
                        announced(4, true)),
                row(
                        "removed, registered again, not announced yet",
                        tombstone(GRADES, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        removed(3),
                        registered(4, GRADES)),
                row(
                        "removed, registered again and announced",
                        List.of(),
                        registered(1, GRADES),
                        announced(2, true),
                        removed(3),
                        registered(4, GRADES),
                        announced(5, true)),
                row(
                        "registered again as another service",
                        tombstone(GRADES, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, PORTAL)),
                row(
                        "and back",
                        tombstone(PORTAL, 4),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, PORTAL),
                        registered(4, GRADES)),
                row(
                        "registered again as another instance: it is replaced where it is known",
                        List.of(),
                        registered(1, GRADES),
                        announced(2, true),
                        registered(3, GRADES_ANEW)),
                row(
                        "settled: unreachable dependants still need it",
                        tombstone(GRADES, 3),
                        registered(1, GRADES),
                        announced(2, true),
                        removed(3),
                        new Settled(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tombstones")
    void givenRecordsOfOneInstance_whenReplayed_thenItsTombstonesAreRight(
            String what, List<Tombstone> expected, List<JournalRecord> records) {
        var state = RollState.of(records);

        assertThat(state.tombstones()).isEqualTo(expected);
    }

    static Stream<Arguments> revisions() {
        return Stream.of(
                row("none", 0L),
                row("a change", 7L, registered(7, GRADES)),
                row("reserved", 100L, registered(7, GRADES), new Reserved(100)),
                row("reserved, and a change below", 100L, new Reserved(100), registered(7, GRADES)),
                row("reserved less than before", 100L, new Reserved(100), new Reserved(50)),
                row("settled", 9L, new Settled(9)),
                row("of an instance that isn't there", 8L, removed(8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("revisions")
    void givenRecords_whenReplayed_thenTheRevisionContinuesFromTheHighest(
            String what, long expected, List<JournalRecord> records) {
        var state = RollState.of(records);

        assertThat(state.revision()).isEqualTo(expected);
    }

    @Test
    void givenSettledTwice_whenReplayed_thenItNeverGoesBack() {
        var state = RollState.of(List.of(new Settled(5), new Settled(3)));

        assertThat(state.settled()).isEqualTo(5);
    }

    @Test
    void givenAnEpochThatBegins_whenReplayed_thenNothingFromBeforeRemains() {
        var state = RollState.of(List.of(new Began("one"), registered(1, GRADES), new Settled(1), new Began("two")));

        assertThat(state).isEqualTo(new RollState("two", 0, 0, List.of(), List.of()));
    }

    @Test
    void givenSeveralInstances_whenOneRegistersAgain_thenTheOrderStays() {
        var state = RollState.of(
                List.of(registered(1, GRADES), new Registered(2, OTHER_GRADES), registered(3, GRADES_ANEW)));

        assertThat(state.entries()).extracting(e -> e.registration().url()).containsExactly(FIRST, SECOND);
    }

    @Test
    void givenTooManyTombstones_whenReplayed_thenTheOldestIsDropped() {
        var replay = new RollReplay();
        for (var i = 0; i <= RollReplay.TOMBSTONES_MAX; i++) {
            var url = HttpUrl.of("http://host-" + i);
            replay.apply(new JournalRecord.Withdrawn(
                    i + 1, Registration.of(GRADING, url).asProvider()));
        }

        assertThat(replay.state().tombstones()).hasSize(RollReplay.TOMBSTONES_MAX);
        assertThat(replay.state().tombstones().get(0).revision()).isEqualTo(2);
    }

    @Test
    void givenAnyHistory_whenASnapshotReplacesItsStart_thenTheStateIsTheSame() {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var history = new JournalHistory(random);
            var all = new ArrayList<JournalRecord>(List.of(new Began("epoch")));
            for (var i = random.nextInt(80); i > 0; i--) {
                all.addAll(history.next());
            }
            var cut = random.nextInt(all.size() + 1);

            var shortened = new ArrayList<>(RollState.of(all.subList(0, cut)).records());
            shortened.addAll(all.subList(cut, all.size()));

            assertThat(RollState.of(shortened)).as("seed %d", seed).isEqualTo(RollState.of(all));
        }
    }

    private static Arguments row(String what, Object expected, JournalRecord... records) {
        return Arguments.of(what, expected, List.of(records));
    }

    private static Entry entry(Registration registration, long registered, boolean announced, long changed) {
        return new Entry(registration, registered, announced, changed);
    }

    private static List<Tombstone> tombstone(Registration registration, long revision) {
        return List.of(new Tombstone(registration.asProvider().plain(), revision));
    }

    private static JournalRecord registered(long revision, Registration registration) {
        return new Registered(revision, registration);
    }

    private static JournalRecord announced(long revision, boolean announced) {
        return new Announced(revision, FIRST, announced, null);
    }

    private static JournalRecord removed(long revision) {
        return new Removed(revision, FIRST);
    }
}

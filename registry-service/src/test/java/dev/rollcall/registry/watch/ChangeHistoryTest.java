package dev.rollcall.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.LastResponse;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeHistoryTest {
    private static final ServiceName NAME = new ServiceName("A");

    /** A history of three, started at revision 10. Table: number of changes, queried revision, returned revisions. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,  9, -",
                "0, 10, ''",
                "0, 11, -",
                "3,  9, -",
                "3, 10, 11 12 13",
                "3, 12, 13",
                "3, 13, ''",
                "3, 14, -",
                "4, 10, -",
                "4, 11, 12 13 14",
                "4, 14, ''",
                "7, 13, -",
                "7, 14, 15 16 17",
            })
    void givenAHistory_whenQueriedAfterARevision_thenItReturnsAllChangesOrNone(
            int changes, long revision, String known) {
        var changeHistory = new ChangeHistory(3, 10);
        for (var i = 1; i <= changes; i++) {
            changeHistory.add(notice(10 + i));
        }

        var later = changeHistory.after(revision);

        assertThat(later.map(ChangeHistoryTest::revisions)).isEqualTo(Optional.ofNullable(known));
        assertThat(changeHistory.lastRevision()).isEqualTo(10 + changes);
    }

    @Test
    void givenRevisionsWithGaps_whenQueriedFromWithinAGap_thenTheLaterChangesAreReturned() {
        var changeHistory = new ChangeHistory(2, 0);
        changeHistory.add(notice(5));
        changeHistory.add(notice(9));
        changeHistory.add(notice(12));

        assertThat(changeHistory.after(4)).isEmpty();
        assertThat(changeHistory.after(5).map(ChangeHistoryTest::revisions)).contains("9 12");
        assertThat(changeHistory.after(7).map(ChangeHistoryTest::revisions)).contains("9 12");
        assertThat(changeHistory.after(10).map(ChangeHistoryTest::revisions)).contains("12");
    }

    @Test
    void givenAHistory_whenTheLatestAreQueried_thenTheyComeNewestLast() {
        var changeHistory = new ChangeHistory(3, 0);
        for (var i = 1; i <= 5; i++) {
            changeHistory.add(notice(i));
        }

        assertThat(revisions(changeHistory.latest(2))).isEqualTo("4 5");
        assertThat(revisions(changeHistory.latest(100))).isEqualTo("3 4 5");
    }

    @Test
    void givenLargeRegistrations_whenTheyChangeOften_thenTheHistoryHoldsABoundedNumberOfBytes() {
        var changeHistory = new ChangeHistory(10_000, 0);
        var metadata = Map.of("a", "x".repeat(100_000));
        var registration = new Registration(NAME, HttpUrl.of("http://a:1"), List.of(), null, null, "", 0, metadata);
        for (var i = 1; i <= 1_000; i++) {
            changeHistory.add(notice(i, registration));
        }

        var kept = changeHistory.latest(10_000);

        assertThat(kept.size()).isBetween(10, 100);
        assertThat(kept.get(kept.size() - 1).revision()).isEqualTo(1_000);
        assertThat(changeHistory.after(1_000 - kept.size()))
                .hasValueSatisfying(all -> assertThat(all).hasSameSizeAs(kept));
        assertThat(changeHistory.after(999 - kept.size())).isEmpty();
    }

    private static String revisions(List<ChangeNotice> notices) {
        return String.join(
                " ", notices.stream().map(n -> Long.toString(n.revision())).toList());
    }

    private static ChangeNotice notice(long revision) {
        return notice(
                revision, new Registration(NAME, HttpUrl.of("http://a:1"), List.of(), null, null, "", 0, Map.of()));
    }

    private static ChangeNotice notice(long revision, Registration registration) {
        var entry = new RollView.Entry(registration, Health.PASSING, true, Instant.EPOCH, new LastResponse());
        return new RollTracker(new RollView("epoch", 0, List.of(), Set.of()))
                .notice(new RollChange(revision, Instant.EPOCH, RollChange.Kind.PASSING, entry, ""));
    }
}

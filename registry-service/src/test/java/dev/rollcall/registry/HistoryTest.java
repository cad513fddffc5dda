package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

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

class HistoryTest {
    private static final ServiceName NAME = new ServiceName("A");

    /** A ring of three, begun at revision 10; the table: after how many changes, asked for what, what is known. */
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
    void givenARing_whenAskedForWhatCameAfterARevision_thenItKnowsAllOfItOrSaysThatItDoesNot(
            int changes, long revision, String known) {
        var history = new History(3, 10);
        for (var i = 1; i <= changes; i++) {
            history.add(notice(10 + i));
        }

        var later = history.after(revision);

        assertThat(later.map(HistoryTest::revisions)).isEqualTo(Optional.ofNullable(known));
        assertThat(history.newest()).isEqualTo(10 + changes);
    }

    @Test
    void givenRevisionsWithGaps_whenAskedFromWithinAGap_thenTheRingKnowsWhatCameAfter() {
        var history = new History(2, 0);
        history.add(notice(5));
        history.add(notice(9));
        history.add(notice(12));

        assertThat(history.after(4)).isEmpty();
        assertThat(history.after(5).map(HistoryTest::revisions)).contains("9 12");
        assertThat(history.after(7).map(HistoryTest::revisions)).contains("9 12");
        assertThat(history.after(10).map(HistoryTest::revisions)).contains("12");
    }

    @Test
    void givenARing_whenTheLatestAreAskedFor_thenTheyComeNewestLast() {
        var history = new History(3, 0);
        for (var i = 1; i <= 5; i++) {
            history.add(notice(i));
        }

        assertThat(revisions(history.latest(2))).isEqualTo("4 5");
        assertThat(revisions(history.latest(100))).isEqualTo("3 4 5");
    }

    @Test
    void givenLargeRegistrations_whenTheyChangeOften_thenTheHistoryHoldsABoundedNumberOfBytes() {
        var history = new History(10_000, 0);
        var metadata = Map.of("a", "x".repeat(100_000));
        var registration = new Registration(NAME, HttpUrl.of("http://a:1"), List.of(), null, null, "", 0, metadata);
        for (var i = 1; i <= 1_000; i++) {
            history.add(notice(i, registration));
        }

        var kept = history.latest(10_000);

        assertThat(kept.size()).isBetween(10, 100);
        assertThat(kept.get(kept.size() - 1).revision()).isEqualTo(1_000);
        assertThat(history.after(1_000 - kept.size()))
                .hasValueSatisfying(all -> assertThat(all).hasSameSizeAs(kept));
        assertThat(history.after(999 - kept.size())).isEmpty();
    }

    private static String revisions(List<Notice> notices) {
        return String.join(
                " ", notices.stream().map(n -> Long.toString(n.revision())).toList());
    }

    private static Notice notice(long revision) {
        return notice(
                revision, new Registration(NAME, HttpUrl.of("http://a:1"), List.of(), null, null, "", 0, Map.of()));
    }

    private static Notice notice(long revision, Registration registration) {
        var entry = new RollView.Entry(registration, Health.PASSING, true, Instant.EPOCH, new Instance.LastAnswer());
        return new Attendance(new RollView("epoch", 0, List.of(), Set.of()))
                .notice(new Change(revision, Instant.EPOCH, Change.Kind.PASSING, entry, ""));
    }
}

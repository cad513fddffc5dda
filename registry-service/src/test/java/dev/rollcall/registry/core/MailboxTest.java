package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {
    private static final Provider A = Provider.of(ServiceName.LOG, HttpUrl.of("http://a:1"));
    private static final Provider B = Provider.of(ServiceName.LOG, HttpUrl.of("http://b:1"));
    private static final long MERGE = Duration.ofMillis(20).toNanos();

    private long now = 1_000;
    private long revision = 1;
    private List<Provider> truth = List.of();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenANewDependant_whenThereIsNoProvider_thenItIsSentAnEmptyPatch(boolean extended) {
        var mailbox = mailbox(extended);

        var first = next(mailbox);

        assertThat(first).map(PendingPatch::patch).contains(Patch.EMPTY);
        assertThat(first).map(PendingPatch::snapshot).contains(extended);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnAcknowledgedView_whenNothingChanges_thenNothingIsSent(boolean extended) {
        var mailbox = withView(extended, A);

        mailbox.mark();

        assertThat(next(mailbox)).isEmpty();
        assertThat(mailbox.isSettled()).isTrue();
        assertThat(mailbox.dueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAPatchInFlight_whenMoreChanges_thenTheNextPatchWaitsAndHoldsAll(boolean extended) {
        var mailbox = mailbox(extended);
        truth = List.of(A);
        next(mailbox);

        truth = List.of(B);
        mailbox.mark();
        var meanwhile = next(mailbox);
        mailbox.delivered(PatchOutcome.APPLIED, false, now);
        var after = next(mailbox);

        assertThat(meanwhile).isEmpty();
        assertThat(after).map(PendingPatch::patch).contains(new Patch(List.of(B), List.of(A)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnAdditionThatIsTakenBack_whenItWasNeverSent_thenNothingIsSent(boolean extended) {
        var mailbox = withView(extended);
        now += MERGE;

        truth = List.of(A);
        mailbox.mark();
        truth = List.of();

        assertThat(next(mailbox)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 19})
    void givenAPatchJustSent_whenMoreIsAdded_thenItIsHeldBackForTheMerge(long millis) {
        var mailbox = withView(true);
        var sentAt = now;
        now += Duration.ofMillis(millis).toNanos();

        truth = List.of(A);
        mailbox.mark();
        var early = next(mailbox);
        var due = mailbox.dueNanos();
        now = due;

        assertThat(early).isEmpty();
        assertThat(due).isEqualTo(sentAt + MERGE);
        assertThat(next(mailbox)).isPresent();
    }

    @Test
    void givenAPatchJustSent_whenAProviderIsRemoved_thenThatIsSentAtOnce() {
        var mailbox = withView(true, A);

        truth = List.of();
        mailbox.mark();

        assertThat(next(mailbox)).map(PendingPatch::patch).contains(new Patch(List.of(), List.of(A)));
    }

    @Test
    void givenAPlainDependant_whenAnAdditionIsUncertain_thenItIsRemovedBeforeItIsAddedAgain() {
        var mailbox = mailbox(false);
        truth = List.of(A);
        next(mailbox);

        mailbox.delivered(PatchOutcome.UNKNOWN, false, now);
        now = mailbox.dueNanos();
        var first = next(mailbox);
        mailbox.delivered(PatchOutcome.APPLIED, false, now);
        now += MERGE;
        var second = next(mailbox);

        assertThat(first).map(PendingPatch::patch).contains(new Patch(List.of(), List.of(A)));
        assertThat(second).map(PendingPatch::patch).contains(new Patch(List.of(A), List.of()));
    }

    @Test
    void givenAnExtendedDependant_whenAnUncertainAdditionIsGone_thenItIsRemoved() {
        var mailbox = withView(true);
        now += MERGE;
        truth = List.of(A);
        mailbox.mark();
        next(mailbox);

        truth = List.of(B);
        mailbox.delivered(PatchOutcome.UNKNOWN, false, now);
        now = mailbox.dueNanos();

        assertThat(next(mailbox)).map(PendingPatch::patch).contains(new Patch(List.of(B), List.of(A)));
    }

    @Test
    void givenAnExtendedDependant_whenItsViewDiffers_thenASnapshotIsSentAtOnce() {
        var mailbox = withView(true, A);
        now += MERGE;
        truth = List.of(A, B);
        mailbox.mark();
        next(mailbox);

        mailbox.delivered(PatchOutcome.CONFLICT, false, now);
        now += MERGE;

        assertThat(next(mailbox)).contains(new PendingPatch(new Patch(List.of(A, B), List.of()), 1, 1, true));
    }

    @Test
    void givenAPlainDependant_whenItRegistersAgain_thenUncertainEntriesAreRemovedFirst() {
        var mailbox = Mailbox.after(withView(false, A), false, new Random(3), now);

        var first = next(mailbox);
        mailbox.delivered(PatchOutcome.APPLIED, false, now);
        now = mailbox.dueNanos() == Long.MAX_VALUE ? now : Math.max(now, mailbox.dueNanos());
        now += MERGE;
        var second = next(mailbox);

        assertThat(first).map(PendingPatch::patch).contains(new Patch(List.of(), List.of(A)));
        assertThat(second).map(PendingPatch::patch).contains(new Patch(List.of(A), List.of()));
    }

    @Test
    void givenAnExtendedDependant_whenItRegistersAgain_thenASnapshotIsSent() {
        var mailbox = Mailbox.after(withView(true, A), true, new Random(3), now);

        assertThat(next(mailbox)).contains(new PendingPatch(new Patch(List.of(A), List.of()), 0, 1, true));
    }

    @Test
    void givenADependantThatFails_whenRetried_thenTheRandomDelayGrowsTo30Seconds() {
        var mailbox = mailbox(true);
        var bound = 100L;

        for (var i = 0; i < 20; i++) {
            assertThat(next(mailbox)).isPresent();
            mailbox.delivered(PatchOutcome.NOT_DELIVERED, false, now);
            assertThat(mailbox.dueNanos() - now)
                    .isBetween(1L, Duration.ofMillis(bound).toNanos());
            bound = Math.min(30_000, 2 * bound);
            now = mailbox.dueNanos() + MERGE;
        }
    }

    @Test
    void givenADependantThatIsStarting_whenItRefuses_thenItIsRetriedAfter20Millis() {
        var mailbox = mailbox(false);
        next(mailbox);

        mailbox.delivered(PatchOutcome.NOT_DELIVERED, true, now);

        assertThat(mailbox.dueNanos() - now).isEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void givenAPlainDependant_whenAProviderRestartsAtItsUrl_thenNothingIsSent() {
        var before = new Provider(ServiceName.LOG, A.url(), "one", Map.of());
        var after = new Provider(ServiceName.LOG, A.url(), "two", Map.of());
        var mailbox = withView(false, before);

        truth = List.of(after);
        mailbox.mark();

        assertThat(next(mailbox)).isEmpty();
    }

    private static Mailbox mailbox(boolean extended) {
        return new Mailbox(extended, new Random(3), 0);
    }

    private Mailbox withView(boolean extended, Provider... providers) {
        var mailbox = mailbox(extended);
        truth = List.of(providers);
        next(mailbox);
        mailbox.delivered(PatchOutcome.APPLIED, false, now);
        assertThat(next(mailbox)).isEmpty();
        return mailbox;
    }

    private Optional<PendingPatch> next(Mailbox mailbox) {
        return mailbox.next(() -> truth, revision, now);
    }
}

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.shipping.Outcome.Answered;
import dev.rollcall.shipping.Outcome.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CourierTest {
    private static final long MS = 1_000_000;
    private static final Outcome LOST = new Unanswered("connection reset");

    private final Tally tally = Tally.inMemory();
    private final ShippingPace pace = ShippingPace.DEFAULT;
    private final Backlog backlog = Backlog.of(Samples.ORIGIN, tally, null, () -> Samples.TIME);
    private final Courier courier = new Courier(pace, new Backoff(pace.retryMin(), pace.retryMax(), () -> 1.0));

    private long sequence;

    @Test
    void givenAnUnknownLogService_whenTheFirstRecordComes_thenItLeavesAloneAndAtOnce() {
        offer(3);

        var parcel = courier.parcel(Samples.HERE, backlog);

        assertThat(courier.nanosUntilDue(backlog, 0, false)).isNotPositive();
        assertThat(parcel.form()).isEqualTo(Form.HANDSHAKE);
        assertThat(parcel.entries()).hasSize(1);
        assertThat(parcel.origin()).isEqualTo(Samples.ORIGIN);
    }

    @Test
    void givenAnAcknowledgement_whenMoreIsToBeSent_thenItLeavesAsABatch() {
        offer(3);

        send(acked(1));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.form()).isEqualTo(Form.BATCH);
        assertThat(parcel.first()).isEqualTo(2);
        assertThat(parcel.last()).isEqualTo(3);
    }

    @Test
    void givenNoAcknowledgement_whenMoreIsToBeSent_thenEachRecordLeavesAlone() {
        offer(3);

        send(answered(200));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.form()).isEqualTo(Form.PLAIN);
        assertThat(parcel.entries()).extracting(Entry::first).containsExactly(2L);
    }

    @Test
    void givenAPlainLogService_whenItBeginsToAcknowledge_thenBatchesFollow() {
        offer(4);
        send(answered(200));

        send(acked(2));

        assertThat(courier.parcel(Samples.HERE, backlog).form()).isEqualTo(Form.BATCH);
    }

    @Test
    void givenBatches_whenOneIsNotAcknowledged_thenItCountsAsDeliveredAndTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));

        send(answered(200));
        offer(1);

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.form()).isEqualTo(Form.HANDSHAKE);
        assertThat(parcel.first()).isEqualTo(4);
    }

    @Test
    void givenBatches_whenTheAddressChanges_thenTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));

        var parcel = courier.parcel(Samples.THERE, backlog);

        assertThat(parcel.form()).isEqualTo(Form.HANDSHAKE);
        assertThat(parcel.to()).isEqualTo(Samples.THERE);
        assertThat(parcel.first()).isEqualTo(2);
    }

    @Test
    void givenBatches_whenNoAnswerComes_thenTheSameIsSentAgainFromAHandshakeOn() {
        offer(3);
        send(acked(1));

        send(LOST);

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.form()).isEqualTo(Form.HANDSHAKE);
        assertThat(parcel.first()).isEqualTo(2);
    }

    @Test
    void givenALostAnswer_whenTheHandshakeIsAckedBeyondItself_thenWhatWasStoredIsNotSentAgain() {
        offer(5);
        send(acked(1));
        send(LOST);
        offer(1);

        send(acked(5));

        assertThat(courier.parcel(Samples.HERE, backlog).first()).isEqualTo(6);
    }

    @Test
    void givenAnAckBeyondWhatWasEverSent_whenItComes_thenOnlyWhatWasSentIsLetGo() {
        offer(3);

        send(acked(99));

        assertThat(backlog.firstSequence()).isEqualTo(2);
    }

    @Test
    void givenABatch_whenOnlyAPartIsAcknowledged_thenTheRestIsSentAgain() {
        offer(5);
        send(acked(1));

        send(acked(3));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.first()).isEqualTo(4);
        assertThat(parcel.last()).isEqualTo(5);
    }

    @Test
    void givenSequencesMissing_whenTheyAreLongGone_thenTheyAreAnnouncedAsDropped() {
        offer(5);
        send(acked(1));
        send(acked(4));

        send(new Answered(409, OptionalLong.of(2), Optional.empty()));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.entries())
                .extracting(Samples::messageOf)
                .containsExactly("3-4 they were acknowledged, and are not there", "x");
        assertThat(parcel.sequences()).isEqualTo("3-5");
    }

    @Test
    void givenAnAnswerThatGainsNothing_whenItComesAgain_thenTheWaitGrows() {
        offer(2);
        send(acked(1));

        send(new Answered(409, OptionalLong.of(1), Optional.empty()));

        assertThat(courier.failures()).isEqualTo(1);
        assertThat(backlog.firstSequence()).isEqualTo(2);
    }

    @Test
    void givenAGapAtTheHead_whenItIsTheHandshake_thenItNamesAllItsSequences() {
        backlog.drop(1, 10, "full", 0);
        backlog.enterPending(0);

        var handshake = courier.parcel(Samples.HERE, backlog);
        courier.conclude(handshake, acked(10), backlog, 0);

        assertThat(handshake.sequences()).isEqualTo("1-10");
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void givenAGapAtTheHead_whenOnlyItsFirstIsAcknowledged_thenTheRestFollowsInABatch() {
        backlog.drop(1, 10, "full", 0);
        backlog.enterPending(0);

        courier.conclude(courier.parcel(Samples.HERE, backlog), acked(1), backlog, 0);

        var rest = courier.parcel(Samples.HERE, backlog);
        assertThat(rest.sequences()).isEqualTo("2-10");
        assertThat(rest.entries()).extracting(Samples::messageOf).containsExactly("2-10 full");
    }

    @Test
    void givenAGapAtTheHead_whenThePlainOneTakesIt_thenItIsDone() {
        backlog.drop(1, 10, "full", 0);
        backlog.enterPending(0);

        send(answered(200));

        assertThat(backlog.firstSequence()).isEqualTo(11);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void givenAnotherRun_whenItsTurnComes_thenTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));
        var other = Backlog.of(new Origin("other", "s", "i"), Tally.inMemory(), null, () -> Samples.TIME);
        other.offer(Samples.line(1, "y"), 0);

        assertThat(courier.parcel(Samples.HERE, other).form()).isEqualTo(Form.HANDSHAKE);
    }

    @Test
    void givenSequencesMissing_whenTheyAreStillHeld_thenTheyAreSent() {
        offer(5);

        send(new Answered(409, OptionalLong.of(0), Optional.empty()));

        assertThat(courier.parcel(Samples.HERE, backlog).first()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void givenOneRecordThatIsRefused_whenInABatch_thenItAloneIsGivenUp(int status) {
        offer(9);
        send(acked(1));
        var bad = 6;

        var attempts = 0;
        while (backlog.droppedRecords() == 0 && attempts++ < 20) {
            var parcel = courier.parcel(Samples.HERE, backlog);
            var isBad = parcel.first() <= bad && parcel.last() >= bad;
            courier.conclude(parcel, isBad ? answered(status) : acked(parcel.last()), backlog, 0);
        }

        assertThat(Samples.messageOf(backlog.head(Long.MAX_VALUE, 1).get(0)))
                .isEqualTo("6-6 the log service answered " + status);
        assertThat(backlog.firstSequence()).isEqualTo(bad);
        assertThat(backlog.droppedRecords()).isEqualTo(1);
    }

    @Test
    void givenALogServiceThatRefusesEverything_whenSentTo_thenAllIsGivenUpInTheEnd() {
        offer(5);

        var attempts = 0;
        while (!backlog.isEmpty() && attempts++ < 20) {
            send(answered(400));
        }

        assertThat(backlog.droppedRecords()).isEqualTo(5);
        assertThat(backlog.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404, 405, 500, 502, 503})
    void givenAnAnswerThatDoesNotBlameTheRecords_whenItComes_thenTheyAreKeptAndTriedLater(int status) {
        offer(2);

        send(answered(status));

        assertThat(backlog.head(Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(200 * MS);
    }

    @Test
    void givenFailures_whenTheyGoOn_thenTheWaitGrowsAndOneSuccessEndsIt() {
        offer(3);

        send(LOST);
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(200 * MS);
        send(LOST);
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(400 * MS);
        send(acked(1));

        assertThat(courier.nanosUntilDue(backlog, 200 * MS, false)).isNotPositive();
        assertThat(courier.failures()).isZero();
    }

    @Test
    void givenRetryAfter_whenItIsAsked_thenItIsHonouredWithinReason() {
        offer(2);

        send(new Answered(503, OptionalLong.empty(), Optional.of(Duration.ofSeconds(3))));
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(3_000 * MS);

        send(new Answered(429, OptionalLong.empty(), Optional.of(Duration.ofDays(3))));
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(60_000 * MS);

        // as a log service may say it, and more than a number of nanoseconds
        send(new Answered(503, OptionalLong.empty(), Optional.of(Duration.ofSeconds(999_999_999_999_999_999L))));
        assertThat(courier.nanosUntilDue(backlog, 0, false)).isEqualTo(60_000 * MS);
    }

    @Test
    void givenBatches_whenLittleIsThere_thenTheBatchLeavesAtItsAge() {
        offer(1);
        send(acked(1));
        backlog.head(Long.MAX_VALUE, 1);
        backlog.offer(Samples.line(++sequence, "young"), 1_000 * MS);

        assertThat(courier.nanosUntilDue(backlog, 1_000 * MS, false)).isEqualTo(200 * MS);
        assertThat(courier.nanosUntilDue(backlog, 1_199 * MS, false)).isEqualTo(MS);
        assertThat(courier.nanosUntilDue(backlog, 1_200 * MS, false)).isZero();
        assertThat(courier.nanosUntilDue(backlog, 1_000 * MS, true)).isZero();
    }

    @Test
    void givenBatches_whenMuchIsThere_thenTheBatchLeavesAtItsSize() {
        offer(1);
        send(acked(1));

        backlog.offer(Samples.line(++sequence, "x".repeat(pace.batchBytesMax())), 0);

        assertThat(courier.nanosUntilDue(backlog, 0, false)).isZero();
    }

    @Test
    void givenALateTry_whenTheEndIsNear_thenItIsNow() {
        offer(1);
        send(LOST);

        courier.hurry();

        assertThat(courier.nanosUntilDue(backlog, 0, true)).isZero();
    }

    private void offer(int count) {
        for (var i = 0; i < count; i++) {
            backlog.offer(Samples.line(++sequence, "x"), 0);
        }
    }

    private void send(Outcome outcome) {
        courier.conclude(courier.parcel(Samples.HERE, backlog), outcome, backlog, 0);
    }

    private static Answered answered(int status) {
        return new Answered(status, OptionalLong.empty(), Optional.empty());
    }

    private static Answered acked(long sequence) {
        return new Answered(200, OptionalLong.of(sequence), Optional.empty());
    }
}

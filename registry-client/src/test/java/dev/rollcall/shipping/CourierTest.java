package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.shipping.Outcome.Answered;
import dev.rollcall.shipping.Outcome.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CourierTest {
    private static final long MS = 1_000_000;
    private static final Outcome LOST = new Unanswered("connection reset");

    private final AtomicInteger producers = new AtomicInteger();
    private final ShippingSettings settings = ShippingSettings.DEFAULT;
    private final Backlog backlog = new Backlog(1 << 20, Samples::notice);
    private final Courier courier = new Courier(
            settings,
            new Backoff(settings.retryMin(), settings.retryMax(), () -> 1.0),
            () -> "producer-" + producers.incrementAndGet(),
            Samples::record);

    @Test
    void givenAnUnknownLogService_whenTheFirstRecordComes_thenItLeavesAloneAndAtOnce() {
        offer(3);

        var parcel = courier.parcel(Samples.HERE, backlog);

        assertThat(courier.nanosUntilDue(backlog, 0, false)).isNotPositive();
        assertThat(parcel.form()).isEqualTo(Form.HANDSHAKE);
        assertThat(parcel.records()).hasSize(1);
        assertThat(parcel.producer()).isEqualTo("producer-1");
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
        assertThat(parcel.records()).extracting(Held::sequence).containsExactly(2L);
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
    void givenSequencesMissing_whenTheyAreLongGone_thenANewProducerBegins() {
        offer(5);
        send(acked(1));

        send(new Answered(409, OptionalLong.of(0), Optional.empty()));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.producer()).isEqualTo("producer-2");
        assertThat(parcel.first()).isEqualTo(2);
    }

    @Test
    void givenSequencesMissing_whenTheyAreStillHeld_thenTheyAreSent() {
        offer(5);

        send(new Answered(409, OptionalLong.of(0), Optional.empty()));

        var parcel = courier.parcel(Samples.HERE, backlog);
        assertThat(parcel.producer()).isEqualTo("producer-1");
        assertThat(parcel.first()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void givenOneRecordThatIsRefused_whenInABatch_thenItAloneIsGivenUp(int status) {
        offer(9);
        send(acked(1));
        var bad = 6;

        var attempts = 0;
        while (backlog.stats().dropped() == 0 && attempts++ < 20) {
            var parcel = courier.parcel(Samples.HERE, backlog);
            var isBad = parcel.first() <= bad && parcel.last() >= bad;
            courier.conclude(parcel, isBad ? answered(status) : acked(parcel.last()), backlog, 0);
        }

        assertThat(backlog.head(Long.MAX_VALUE, 1).get(0).record().message())
                .isEqualTo("the log service answered " + status);
        assertThat(backlog.firstSequence()).isEqualTo(bad);
        assertThat(backlog.stats().dropped()).isEqualTo(1);
    }

    @Test
    void givenALogServiceThatRefusesEverything_whenSentTo_thenAllIsGivenUpInTheEnd() {
        offer(5);

        var attempts = 0;
        while (backlog.oldestNanos().isPresent() && attempts++ < 20) {
            send(answered(400));
        }

        assertThat(backlog.stats()).isEqualTo(new ShippingStats(10, 0, 10, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404, 405, 500, 502, 503})
    void givenAnAnswerThatDoesNotBlameTheRecords_whenItComes_thenTheyAreKeptAndTriedLater(int status) {
        offer(2);

        send(answered(status));

        assertThat(backlog.stats().bufferedRecords()).isEqualTo(2);
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
    }

    @Test
    void givenBatches_whenLittleIsThere_thenTheBatchLeavesAtItsAge() {
        offer(1);
        send(acked(1));
        backlog.offer(Samples.record("young"), 1_000 * MS);

        assertThat(courier.nanosUntilDue(backlog, 1_000 * MS, false)).isEqualTo(200 * MS);
        assertThat(courier.nanosUntilDue(backlog, 1_199 * MS, false)).isEqualTo(MS);
        assertThat(courier.nanosUntilDue(backlog, 1_200 * MS, false)).isZero();
        assertThat(courier.nanosUntilDue(backlog, 1_000 * MS, true)).isZero();
    }

    @Test
    void givenBatches_whenMuchIsThere_thenTheBatchLeavesAtItsSize() {
        offer(1);
        send(acked(1));

        backlog.offer(Samples.record("x".repeat(settings.batchBytesMax())), 0);

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
            backlog.offer(Samples.record("x"), 0);
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

package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.shipping.DeliveryResult.NoResponse;
import dev.rollcall.shipping.DeliveryResult.Responded;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryPolicyTest {
    private static final long MS = 1_000_000;
    private static final DeliveryResult LOST = new NoResponse("connection reset");

    private final SequenceCounters sequenceCounters = SequenceCounters.inMemory();
    private final ShippingPace pace = ShippingPace.DEFAULT;
    private final RunOutbox runOutbox =
            RunOutbox.forCurrentRun(Samples.ORIGIN, sequenceCounters, null, () -> Samples.TIME);
    private final DeliveryPolicy deliveryPolicy =
            new DeliveryPolicy(pace, new Backoff(pace.retryMin(), pace.retryMax(), () -> 1.0));

    private long sequence;

    @Test
    void givenAnUnknownLogService_whenTheFirstRecordComes_thenItLeavesAloneAndAtOnce() {
        offer(3);

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);

        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isNotPositive();
        assertThat(logRequest.form()).isEqualTo(RecordForm.HANDSHAKE);
        assertThat(logRequest.entries()).hasSize(1);
        assertThat(logRequest.origin()).isEqualTo(Samples.ORIGIN);
    }

    @Test
    void givenAnAcknowledgement_whenMoreIsToBeSent_thenItLeavesAsABatch() {
        offer(3);

        send(acked(1));

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.form()).isEqualTo(RecordForm.BATCH);
        assertThat(logRequest.first()).isEqualTo(2);
        assertThat(logRequest.last()).isEqualTo(3);
    }

    @Test
    void givenNoAcknowledgement_whenMoreIsToBeSent_thenEachRecordLeavesAlone() {
        offer(3);

        send(answered(200));

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.form()).isEqualTo(RecordForm.PLAIN);
        assertThat(logRequest.entries()).extracting(SpillEntry::first).containsExactly(2L);
    }

    @Test
    void givenAPlainLogService_whenItBeginsToAcknowledge_thenBatchesFollow() {
        offer(4);
        send(answered(200));

        send(acked(2));

        assertThat(deliveryPolicy.nextRequest(Samples.HERE, runOutbox).form()).isEqualTo(RecordForm.BATCH);
    }

    @Test
    void givenBatches_whenOneIsNotAcknowledged_thenItCountsAsDeliveredAndTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));

        send(answered(200));
        offer(1);

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.form()).isEqualTo(RecordForm.HANDSHAKE);
        assertThat(logRequest.first()).isEqualTo(4);
    }

    @Test
    void givenBatches_whenTheAddressChanges_thenTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));

        var logRequest = deliveryPolicy.nextRequest(Samples.THERE, runOutbox);

        assertThat(logRequest.form()).isEqualTo(RecordForm.HANDSHAKE);
        assertThat(logRequest.to()).isEqualTo(Samples.THERE);
        assertThat(logRequest.first()).isEqualTo(2);
    }

    @Test
    void givenBatches_whenNoAnswerComes_thenTheSameIsSentAgainFromAHandshakeOn() {
        offer(3);
        send(acked(1));

        send(LOST);

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.form()).isEqualTo(RecordForm.HANDSHAKE);
        assertThat(logRequest.first()).isEqualTo(2);
    }

    @Test
    void givenALostAnswer_whenTheHandshakeIsAckedBeyondItself_thenWhatWasStoredIsNotSentAgain() {
        offer(5);
        send(acked(1));
        send(LOST);
        offer(1);

        send(acked(5));

        assertThat(deliveryPolicy.nextRequest(Samples.HERE, runOutbox).first()).isEqualTo(6);
    }

    @Test
    void givenAnAckBeyondWhatWasEverSent_whenItComes_thenOnlyWhatWasSentIsLetGo() {
        offer(3);

        send(acked(99));

        assertThat(runOutbox.firstSequence()).isEqualTo(2);
    }

    @Test
    void givenABatch_whenOnlyAPartIsAcknowledged_thenTheRestIsSentAgain() {
        offer(5);
        send(acked(1));

        send(acked(3));

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.first()).isEqualTo(4);
        assertThat(logRequest.last()).isEqualTo(5);
    }

    @Test
    void givenSequencesMissing_whenTheyAreLongGone_thenTheyAreAnnouncedAsDropped() {
        offer(5);
        send(acked(1));
        send(acked(4));

        send(new Responded(409, OptionalLong.of(2), Optional.empty()));

        var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(logRequest.entries())
                .extracting(Samples::messageOf)
                .containsExactly("3-4 they were acknowledged, and are not there", "x");
        assertThat(logRequest.sequences()).isEqualTo("3-5");
    }

    @Test
    void givenAnAnswerThatGainsNothing_whenItComesAgain_thenTheWaitGrows() {
        offer(2);
        send(acked(1));

        send(new Responded(409, OptionalLong.of(1), Optional.empty()));

        assertThat(deliveryPolicy.failures()).isEqualTo(1);
        assertThat(runOutbox.firstSequence()).isEqualTo(2);
    }

    @Test
    void givenAGapAtTheHead_whenItIsTheHandshake_thenItNamesAllItsSequences() {
        runOutbox.drop(1, 10, "full", 0);
        runOutbox.announceDrops(0);

        var handshake = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        deliveryPolicy.apply(handshake, acked(10), runOutbox, 0);

        assertThat(handshake.sequences()).isEqualTo("1-10");
        assertThat(runOutbox.isEmpty()).isTrue();
    }

    @Test
    void givenAGapAtTheHead_whenOnlyItsFirstIsAcknowledged_thenTheRestFollowsInABatch() {
        runOutbox.drop(1, 10, "full", 0);
        runOutbox.announceDrops(0);

        deliveryPolicy.apply(deliveryPolicy.nextRequest(Samples.HERE, runOutbox), acked(1), runOutbox, 0);

        var rest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
        assertThat(rest.sequences()).isEqualTo("2-10");
        assertThat(rest.entries()).extracting(Samples::messageOf).containsExactly("2-10 full");
    }

    @Test
    void givenAGapAtTheHead_whenThePlainOneTakesIt_thenItIsDone() {
        runOutbox.drop(1, 10, "full", 0);
        runOutbox.announceDrops(0);

        send(answered(200));

        assertThat(runOutbox.firstSequence()).isEqualTo(11);
        assertThat(runOutbox.isEmpty()).isTrue();
    }

    @Test
    void givenAnotherRun_whenItsTurnComes_thenTheHandshakeBeginsAnew() {
        offer(3);
        send(acked(1));
        var other = RunOutbox.forCurrentRun(
                new ProducerOrigin("other", "s", "i"), SequenceCounters.inMemory(), null, () -> Samples.TIME);
        other.offer(Samples.line(1, "y"), 0);

        assertThat(deliveryPolicy.nextRequest(Samples.HERE, other).form()).isEqualTo(RecordForm.HANDSHAKE);
    }

    @Test
    void givenSequencesMissing_whenTheyAreStillHeld_thenTheyAreSent() {
        offer(5);

        send(new Responded(409, OptionalLong.of(0), Optional.empty()));

        assertThat(deliveryPolicy.nextRequest(Samples.HERE, runOutbox).first()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void givenOneRecordThatIsRefused_whenInABatch_thenItAloneIsGivenUp(int status) {
        offer(9);
        send(acked(1));
        var bad = 6;

        var attempts = 0;
        while (runOutbox.droppedRecords() == 0 && attempts++ < 20) {
            var logRequest = deliveryPolicy.nextRequest(Samples.HERE, runOutbox);
            var isBad = logRequest.first() <= bad && logRequest.last() >= bad;
            deliveryPolicy.apply(logRequest, isBad ? answered(status) : acked(logRequest.last()), runOutbox, 0);
        }

        assertThat(Samples.messageOf(runOutbox.head(Long.MAX_VALUE, 1).get(0)))
                .isEqualTo("6-6 the log service answered " + status);
        assertThat(runOutbox.firstSequence()).isEqualTo(bad);
        assertThat(runOutbox.droppedRecords()).isEqualTo(1);
    }

    @Test
    void givenALogServiceThatRefusesEverything_whenSentTo_thenAllIsGivenUpInTheEnd() {
        offer(5);

        var attempts = 0;
        while (!runOutbox.isEmpty() && attempts++ < 20) {
            send(answered(400));
        }

        assertThat(runOutbox.droppedRecords()).isEqualTo(5);
        assertThat(runOutbox.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404, 405, 500, 502, 503})
    void givenAnAnswerThatDoesNotBlameTheRecords_whenItComes_thenTheyAreKeptAndTriedLater(int status) {
        offer(2);

        send(answered(status));

        assertThat(runOutbox.head(Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(200 * MS);
    }

    @Test
    void givenFailures_whenTheyGoOn_thenTheWaitGrowsAndOneSuccessEndsIt() {
        offer(3);

        send(LOST);
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(200 * MS);
        send(LOST);
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(400 * MS);
        send(acked(1));

        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 200 * MS, false)).isNotPositive();
        assertThat(deliveryPolicy.failures()).isZero();
    }

    @Test
    void givenRetryAfter_whenItIsAsked_thenItIsHonouredWithinReason() {
        offer(2);

        send(new Responded(503, OptionalLong.empty(), Optional.of(Duration.ofSeconds(3))));
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(3_000 * MS);

        send(new Responded(429, OptionalLong.empty(), Optional.of(Duration.ofDays(3))));
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(60_000 * MS);

        // a value that a log service may send, and more nanoseconds than a long holds
        send(new Responded(503, OptionalLong.empty(), Optional.of(Duration.ofSeconds(999_999_999_999_999_999L))));
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isEqualTo(60_000 * MS);
    }

    @Test
    void givenBatches_whenLittleIsThere_thenTheBatchLeavesAtItsAge() {
        offer(1);
        send(acked(1));
        runOutbox.head(Long.MAX_VALUE, 1);
        runOutbox.offer(Samples.line(++sequence, "young"), 1_000 * MS);

        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 1_000 * MS, false)).isEqualTo(200 * MS);
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 1_199 * MS, false)).isEqualTo(MS);
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 1_200 * MS, false)).isZero();
        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 1_000 * MS, true)).isZero();
    }

    @Test
    void givenBatches_whenMuchIsThere_thenTheBatchLeavesAtItsSize() {
        offer(1);
        send(acked(1));

        runOutbox.offer(Samples.line(++sequence, "x".repeat(pace.batchBytesMax())), 0);

        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, false)).isZero();
    }

    @Test
    void givenALateTry_whenTheEndIsNear_thenItIsNow() {
        offer(1);
        send(LOST);

        deliveryPolicy.skipWaiting();

        assertThat(deliveryPolicy.nanosUntilDue(runOutbox, 0, true)).isZero();
    }

    private void offer(int count) {
        for (var i = 0; i < count; i++) {
            runOutbox.offer(Samples.line(++sequence, "x"), 0);
        }
    }

    private void send(DeliveryResult deliveryResult) {
        deliveryPolicy.apply(deliveryPolicy.nextRequest(Samples.HERE, runOutbox), deliveryResult, runOutbox, 0);
    }

    private static Responded answered(int status) {
        return new Responded(status, OptionalLong.empty(), Optional.empty());
    }

    private static Responded acked(long sequence) {
        return new Responded(200, OptionalLong.of(sequence), Optional.empty());
    }
}

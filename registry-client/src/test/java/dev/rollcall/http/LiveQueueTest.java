package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.LiveQueue.Next;
import dev.rollcall.http.LiveQueue.Offer;
import dev.rollcall.http.LiveStream.End;
import org.junit.jupiter.api.Test;

class LiveQueueTest {
    private final LiveQueue queue = new LiveQueue(10);

    @Test
    void givenAParkedQueue_whenChunksAreOffered_thenOnlyTheFirstStartsAWriter() {
        var first = queue.offer(new byte[4]);
        var second = queue.offer(new byte[4]);

        assertThat(first).isEqualTo(Offer.ACCEPTED_FIRST);
        assertThat(second).isEqualTo(Offer.ACCEPTED);
        assertThat(queue.drain()).hasSize(2);
    }

    @Test
    void givenAWriterThatTookEverything_whenMoreIsOffered_thenItIsToWriteAgainAndParksAfterwards() {
        queue.offer(new byte[4]);
        queue.drain();
        queue.offer(new byte[4]);

        assertThat(queue.next()).isEqualTo(Next.WRITE);
        queue.drain();
        assertThat(queue.next()).isEqualTo(Next.PARK);
        assertThat(queue.offer(new byte[1])).isEqualTo(Offer.ACCEPTED_FIRST);
    }

    @Test
    void givenAQueueFilledToItsBound_whenOneByteMoreIsOffered_thenItIsCutAsTooSlow() {
        queue.offer(new byte[4]);
        var atTheBound = queue.offer(new byte[6]);
        var beyond = queue.offer(new byte[1]);

        assertThat(atTheBound).isEqualTo(Offer.ACCEPTED);
        assertThat(beyond).isEqualTo(Offer.OVERFLOW);
        assertThat(queue.drain()).isEmpty();
        assertThat(queue.next()).isEqualTo(Next.CUT);
        assertThat(queue.ending()).contains(End.SLOW);
        assertThat(queue.offer(new byte[1])).isEqualTo(Offer.REFUSED);
    }

    @Test
    void givenAnEmptyQueue_whenAChunkLargerThanItsBoundIsOffered_thenItIsTaken() {
        assertThat(queue.offer(new byte[1_000])).isEqualTo(Offer.ACCEPTED_FIRST);
        assertThat(queue.offer(new byte[1])).isEqualTo(Offer.OVERFLOW);
    }

    @Test
    void givenSomethingQueued_whenItEnds_thenThatIsWrittenFirst() {
        queue.offer(new byte[4]);
        queue.drain();
        queue.offer(new byte[4]);

        var starts = queue.end(End.CLOSED);

        assertThat(starts).isFalse();
        assertThat(queue.next()).isEqualTo(Next.WRITE);
        assertThat(queue.drain()).hasSize(1);
        assertThat(queue.next()).isEqualTo(Next.END);
        assertThat(queue.offer(new byte[1])).isEqualTo(Offer.REFUSED);
    }

    @Test
    void givenAParkedQueue_whenItEnds_thenAWriterIsStartedOnceAndTheFirstReasonStands() {
        var first = queue.end(End.STOPPING);
        var second = queue.end(End.CLOSED);
        queue.cut(End.GONE);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(queue.ending()).contains(End.STOPPING);
        assertThat(queue.next()).isEqualTo(Next.CUT);
    }
}

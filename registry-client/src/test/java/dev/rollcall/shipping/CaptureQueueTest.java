package dev.rollcall.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class CaptureQueueTest {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SIZE = captured(Level.INFO_INT, "x").bytes();

    private final SequenceCounters sequenceCounters = SequenceCounters.inMemory();

    @Test
    void givenRoomForTwo_whenAThirdComes_thenItIsDroppedAndCounted() {
        var captureQueue = new CaptureQueue(sequenceCounters, DropPolicy.NEWEST, 2 * SIZE);

        put(captureQueue, Level.ERROR_INT, 3);

        assertThat(taken(captureQueue)).hasSize(2);
        assertThat(captureQueue.drainDropped()).isEqualTo(1);
        assertThat(captureQueue.drainDropped()).isZero();
        assertThat(sequenceCounters.produced()).isEqualTo(3);
    }

    @Test
    void givenThreeQuartersAreTaken_whenAllBelowWarnIsDropped_thenOnlyWarningsHaveRoom() {
        var captureQueue = new CaptureQueue(sequenceCounters, DropPolicy.BELOW_WARN, 100 * SIZE);
        put(captureQueue, Level.INFO_INT, 80);

        put(captureQueue, Level.WARN_INT, 10);

        assertThat(taken(captureQueue)).hasSize(85);
        assertThat(captureQueue.drainDropped()).isEqualTo(5);
    }

    @Test
    void givenItWasEmptied_whenMoreComes_thenThereIsRoomAgain() {
        var captureQueue = new CaptureQueue(sequenceCounters, DropPolicy.NEWEST, SIZE);
        put(captureQueue, Level.INFO_INT, 1);
        taken(captureQueue);

        put(captureQueue, Level.INFO_INT, 1);

        assertThat(taken(captureQueue)).hasSize(1);
        assertThat(captureQueue.bytes()).isZero();
    }

    @Test
    void givenSomeoneSleeps_whenARecordComes_thenHeIsWoken() throws InterruptedException {
        var captureQueue = new CaptureQueue(sequenceCounters, DropPolicy.NEWEST, 10 * SIZE);
        var woken = new CountDownLatch(1);
        var sleeper = new Thread(() -> {
            while (captureQueue.isEmpty()) {
                captureQueue.sleep(MINUTE_NANOS);
            }
            woken.countDown();
        });
        sleeper.start();

        put(captureQueue, Level.INFO_INT, 1);

        assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givenManyCallers_whenOneTakes_thenEachOnesRecordsComeInOrderAndNoneIsMissing() throws InterruptedException {
        var captureQueue = new CaptureQueue(sequenceCounters, DropPolicy.NEWEST, Long.MAX_VALUE / 2);
        var callers = new ArrayList<Thread>();
        for (var i = 0; i < 4; i++) {
            var name = "t" + i;
            callers.add(new Thread(() -> {
                for (var n = 0; n < 20_000; n++) {
                    captureQueue.offer(captured(Level.INFO_INT, name + " " + n));
                }
            }));
        }
        callers.forEach(Thread::start);
        var next = new HashMap<String, Integer>(Map.of("t0", 0, "t1", 0, "t2", 0, "t3", 0));
        for (var count = 0; count < 80_000; ) {
            for (var capturedEvent : taken(captureQueue)) {
                var words = capturedEvent.message().split(" ", -1);
                assertThat(next.put(words[0], Integer.parseInt(words[1]) + 1)).isEqualTo(Integer.parseInt(words[1]));
                count++;
            }
            captureQueue.sleep(1_000_000);
        }

        assertThat(sequenceCounters.produced()).isEqualTo(80_000);
        assertThat(captureQueue.bytes()).isZero();
    }

    private static void put(CaptureQueue captureQueue, int level, int count) {
        for (var i = 0; i < count; i++) {
            captureQueue.offer(captured(level, "x"));
        }
    }

    private static List<CapturedEvent> taken(CaptureQueue captureQueue) {
        var taken = new ArrayList<CapturedEvent>();
        captureQueue.drainTo(taken, Long.MAX_VALUE);
        return taken;
    }

    private static CapturedEvent captured(int level, String message) {
        return new CapturedEvent(Samples.TIME, level, "logger", "main", message, null, Map.of(), List.of());
    }
}

package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SerialExecutorTest {
    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    private final SerialExecutor serialExecutor = new SerialExecutor(inputs -> {
        inputs.run();
        return System.nanoTime() + NEVER;
    });

    @AfterEach
    void close() {
        serialExecutor.close();
    }

    @Test
    void givenAnIdleExecutor_whenAnInputIsSubmitted_thenTheCallerProcessesIt() {
        serialExecutor.start();
        awaitFirstTurn();
        var ran = new ArrayList<Thread>();

        serialExecutor.submit(() -> ran.add(Thread.currentThread()));

        assertThat(ran).hasSize(1);
    }

    @Test
    void givenAnInputThatFailsWithAnError_whenOthersFollow_thenTheyRunAndTheThreadLives() throws Exception {
        serialExecutor.start();
        awaitFirstTurn();
        var done = new CountDownLatch(2);

        serialExecutor.submit(() -> {
            throw new StackOverflowError("thrown by the test");
        });
        serialExecutor.submit(done::countDown);
        serialExecutor.submitLater(() -> {
            throw new NoClassDefFoundError("thrown by the test");
        });
        serialExecutor.submitLater(done::countDown);

        done.await();
    }

    @Test
    void givenABusyExecutor_whenAnInputIsSubmitted_thenTheBusyThreadProcessesIt() throws Exception {
        serialExecutor.start();
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var other = new Thread(() -> serialExecutor.submit(() -> {
            begun.countDown();
            awaitUninterruptibly(goOn);
        }));
        other.start();
        begun.await();

        serialExecutor.submit(second::countDown);

        assertThat(second.getCount()).isOne();
        goOn.countDown();
        second.await();
    }

    @Test
    void givenManySubmitters_whenAllAreDone_thenEachInputRanOnceAloneAndInOrder() throws Exception {
        serialExecutor.start();
        var threads = 8;
        var each = 5_000;
        var atWork = new AtomicBoolean();
        var collisions = new AtomicInteger();
        var seen = IntStream.range(0, threads)
                .mapToObj(i -> new ArrayList<Integer>())
                .toList();
        var done = new CountDownLatch(threads * each);
        var pool = Executors.newFixedThreadPool(threads);

        for (var thread = 0; thread < threads; thread++) {
            var mine = seen.get(thread);
            pool.execute(() -> {
                for (var i = 0; i < each; i++) {
                    var number = i;
                    Runnable input = () -> {
                        if (!atWork.compareAndSet(false, true)) {
                            collisions.incrementAndGet();
                        }
                        mine.add(number);
                        atWork.set(false);
                        done.countDown();
                    };
                    if (number % 3 == 0) {
                        serialExecutor.submitLater(input);
                    } else {
                        serialExecutor.submit(input);
                    }
                }
            });
        }
        done.await();
        pool.shutdown();

        var expected = IntStream.range(0, each).boxed().toList();
        assertThat(collisions).hasValue(0);
        assertThat(seen).allSatisfy(numbers -> assertThat(numbers).isEqualTo(expected));
    }

    @Test
    void givenAnInputThatSubmitsAnother_whenItRuns_thenTheOtherRunsAfterIt() {
        serialExecutor.start();
        awaitFirstTurn();
        var order = new ArrayList<String>();

        serialExecutor.submit(() -> {
            serialExecutor.submit(() -> order.add("second"));
            order.add("first");
        });

        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void givenAnInputThatFails_whenOthersFollow_thenTheyRun() {
        serialExecutor.start();
        var ran = new CountDownLatch(1);

        serialExecutor.submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        serialExecutor.submitLater(ran::countDown);

        awaitUninterruptibly(ran);
    }

    @Test
    void givenWorkThatFallsDue_whenNoInputIsSubmitted_thenItsRoundStartsInTime() throws Exception {
        var due = new ArrayList<Long>(List.of(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30)));
        var came = new CountDownLatch(1);
        var late = new AtomicInteger(-1);
        var timed = new SerialExecutor(inputs -> {
            inputs.run();
            var now = System.nanoTime();
            if (now - due.get(0) >= 0) {
                late.compareAndSet(-1, (int) TimeUnit.NANOSECONDS.toMillis(now - due.get(0)));
                came.countDown();
                return now + NEVER;
            }
            return due.get(0);
        });

        try (timed) {
            timed.start();
            came.await();
        }

        assertThat(late).hasValueBetween(0, 20_000);
    }

    @Test
    void givenAnInputThatAdvancesTheNextRound_whenTheTimerWaitsForLater_thenItIsWoken() throws Exception {
        var next = new long[] {System.nanoTime() + NEVER};
        var came = new CountDownLatch(1);
        var timed = new SerialExecutor(inputs -> {
            inputs.run();
            if (System.nanoTime() - next[0] >= 0) {
                next[0] = System.nanoTime() + NEVER;
                came.countDown();
            }
            return next[0];
        });

        try (timed) {
            timed.start();
            timed.submit(() -> next[0] = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));
            came.await();
        }
    }

    @Test
    void givenAClosedExecutor_whenAnInputIsSubmitted_thenNothingRuns() {
        serialExecutor.start();
        serialExecutor.close();
        var ran = new AtomicBoolean();

        serialExecutor.submit(() -> ran.set(true));

        assertThat(ran).isFalse();
    }

    private void awaitFirstTurn() {
        var first = new CountDownLatch(1);
        serialExecutor.submitLater(first::countDown);
        awaitUninterruptibly(first);
        // the timer's thread may still be releasing the lock
        while (!serialExecutor.isIdle()) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a test", e);
        }
    }
}

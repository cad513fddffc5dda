package dev.rollcall.portal.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {
    private static final int LIMIT_SECONDS = 20;

    private final SingleFlight<Long> flights = new SingleFlight<>();

    @Test
    void givenManyWhoAskAtOnce_whenAsked_thenFewQuestionsAndNoAnswerOlderThanItsAsker() throws Exception {
        var clock = new AtomicLong();
        var questions = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(16);
        try {
            var asked = new ArrayList<CompletableFuture<Void>>();
            for (var i = 0; i < 16; i++) {
                asked.add(CompletableFuture.runAsync(
                        () -> {
                            for (var j = 0; j < 500; j++) {
                                var came = clock.incrementAndGet();
                                var answer = ask(() -> {
                                    questions.incrementAndGet();
                                    return clock.incrementAndGet();
                                });
                                assertThat(answer).as("asked after it came").isGreaterThan(came);
                            }
                        },
                        threads));
            }
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(LIMIT_SECONDS, TimeUnit.SECONDS);

            assertThat(questions.get()).isLessThanOrEqualTo(16 * 500);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givenQuestionUnderWay_whenOthersCome_thenTheyShareTheNextOne() throws Exception {
        var isUnderWay = new CountDownLatch(1);
        var letGo = new CountDownLatch(1);
        var questions = new AtomicInteger();
        var threads = Executors.newCachedThreadPool();
        try {
            var first = CompletableFuture.supplyAsync(
                    () -> ask(() -> {
                        isUnderWay.countDown();
                        await(letGo);
                        return 1L;
                    }),
                    threads);
            await(isUnderWay);
            var others = new ArrayList<CompletableFuture<Long>>();
            for (var i = 0; i < 8; i++) {
                others.add(CompletableFuture.supplyAsync(() -> ask(() -> 100L + questions.incrementAndGet()), threads));
            }
            letGo.countDown();

            assertThat(first.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            for (var other : others) {
                assertThat(other.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isGreaterThan(100);
            }
        } finally {
            letGo.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void givenQuestionThatFails_whenAskedAgain_thenAskedAnew() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> flights.query("key", () -> {
                    throw new IOException("gone");
                }));

        assertThat(flights.query("key", () -> 7L)).isEqualTo(7);
    }

    private long ask(SingleFlight.Query<Long> query) {
        try {
            return flights.query("key", query);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let go");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

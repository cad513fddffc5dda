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
    void givenConcurrentCallers_whenQueried_thenNoResultOlderThanItsCall() throws Exception {
        var clock = new AtomicLong();
        var queries = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(16);
        try {
            var calls = new ArrayList<CompletableFuture<Void>>();
            for (var i = 0; i < 16; i++) {
                calls.add(CompletableFuture.runAsync(
                        () -> {
                            for (var j = 0; j < 500; j++) {
                                var arrived = clock.incrementAndGet();
                                var result = query(() -> {
                                    queries.incrementAndGet();
                                    return clock.incrementAndGet();
                                });
                                assertThat(result).as("queried after the call").isGreaterThan(arrived);
                            }
                        },
                        threads));
            }
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(LIMIT_SECONDS, TimeUnit.SECONDS);

            assertThat(queries.get()).isLessThanOrEqualTo(16 * 500);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givenQueryInFlight_whenOthersArrive_thenTheyShareTheNextOne() throws Exception {
        var isUnderWay = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var queries = new AtomicInteger();
        var threads = Executors.newCachedThreadPool();
        try {
            var first = CompletableFuture.supplyAsync(
                    () -> query(() -> {
                        isUnderWay.countDown();
                        await(release);
                        return 1L;
                    }),
                    threads);
            await(isUnderWay);
            var others = new ArrayList<CompletableFuture<Long>>();
            for (var i = 0; i < 8; i++) {
                others.add(CompletableFuture.supplyAsync(() -> query(() -> 100L + queries.incrementAndGet()), threads));
            }
            release.countDown();

            assertThat(first.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
            for (var other : others) {
                assertThat(other.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isGreaterThan(100);
            }
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void givenFailedQuery_whenQueriedAgain_thenItRunsAgain() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> flights.query("key", () -> {
                    throw new IOException("gone");
                }));

        assertThat(flights.query("key", () -> 7L)).isEqualTo(7);
    }

    private long query(SingleFlight.Query<Long> query) {
        try {
            return flights.query("key", query);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the latch was not released");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

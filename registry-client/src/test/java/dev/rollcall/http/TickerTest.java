package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testkit.CapturedLog;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TickerTest {
    @Test
    void givenALookThatRunsOutOfMemory_whenTimePasses_thenAllLooksGoOnAndItIsDoubtfulMeanwhile() throws Exception {
        var failures = new AtomicInteger();
        var mended = new CountDownLatch(1);
        var another = new CountDownLatch(3);
        var failedOften = new CountDownLatch(2);
        var wentOn = new CountDownLatch(2);
        try (var log = CapturedLog.of(RepeatingTask.class);
                var ticker = new Ticker(List.of(
                        now -> {
                            if (mended.getCount() > 0) {
                                failures.incrementAndGet();
                                failedOften.countDown();
                                throw new OutOfMemoryError("as if");
                            }
                            wentOn.countDown();
                        },
                        now -> another.countDown()))) {
            ticker.start();

            assertThat(another.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(failedOften.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ticker.healthReasons())
                    .containsExactly("slow clients may hold up others: cutting them off fails");
            mended.countDown();

            assertThat(wentOn.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ticker.healthReasons()).isEmpty();
            assertThat(log.events()).hasSize(2);
        }
    }
}

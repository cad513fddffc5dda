package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimiterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int RATE = 50;

    @ParameterizedTest
    @ValueSource(longs = {0, 12_345, -1, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void givenABurst_whenItIsBeyondTheRate_thenOnlySoManyPass(long begin) {
        var bound = new RateLimiter(RATE, begin);

        assertThat(taken(bound, begin, 200)).isEqualTo(RATE);
        assertThat(taken(bound, begin + SECOND / RATE - 1, 200)).isZero();
        assertThat(taken(bound, begin + SECOND / RATE, 200)).isOne();
        assertThat(taken(bound, begin + 10 * SECOND, 200)).isEqualTo(RATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenAnyTimes_whenAsked_thenNoSecondHasMoreThanTwiceTheRateAndNoneInTimeIsRefused(long seed) {
        System.out.println("seed " + seed);
        var random = new SplittableRandom(seed);
        var bound = new RateLimiter(RATE, 0);
        var passed = new long[2 * RATE + 1];
        var count = 0;
        var last = -SECOND;

        for (long now = 0, i = 0; i < 20_000; i++, now += random.nextLong(SECOND / RATE)) {
            if (bound.tryAcquire(now)) {
                var earlier = passed[count % passed.length];
                assertThat(count < passed.length || now - earlier >= SECOND).isTrue();
                passed[count++ % passed.length] = now;
                last = now;
            } else {
                assertThat(now - last).isLessThan(SECOND / RATE);
            }
        }
    }

    private static long taken(RateLimiter bound, long now, int tries) {
        return IntStream.range(0, tries).filter(i -> bound.tryAcquire(now)).count();
    }
}

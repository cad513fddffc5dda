package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Watchdog watchdog = new Watchdog(LIMIT, SHORT, 2);

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted();
    }

    @Test
    void givenAWrite_whenItsLimitIsOver_thenItsThreadIsInterruptedAndNotBefore() throws Exception {
        var watch = watchdog.watch();
        var earliest = System.nanoTime();
        watch.enterAnew();
        var latest = System.nanoTime();

        watchdog.look(earliest + LIMIT.toNanos() - 1);
        var before = Thread.currentThread().isInterrupted();
        watchdog.look(latest + LIMIT.toNanos() + 1);
        var after = Thread.currentThread().isInterrupted();

        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void givenAWriteThatWasCut_whenItsThreadLeavesIt_thenItIsNotInterruptedAnyMoreAndMayNotWriteAgain()
            throws Exception {
        var watch = watchdog.watch();
        watch.enter();
        watch.cut();

        watch.leave();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(watch::enter).isInstanceOf(IOException.class);
    }

    @Test
    void givenAWatchBetweenTwoWrites_whenItsLimitIsOver_thenNobodyIsInterrupted() throws Exception {
        var watch = watchdog.watch();
        watch.over(new ByteArrayOutputStream()).write(1);

        watchdog.look(System.nanoTime() + LIMIT.multipliedBy(2).toNanos());

        assertThat(watch.isCut()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givenMoreStuckWritesThanThereMayBe_whenTheShortLimitIsOver_thenAllOfThemAreCut() throws Exception {
        var watches = new ArrayList<Watch>();
        for (var i = 0; i < 2; i++) {
            watches.add(watchdog.watch());
            watches.get(i).enterAnew();
        }

        watchdog.look(System.nanoTime() + SHORT.multipliedBy(2).toNanos());
        var few = watches.stream().filter(Watch::isCut).count();
        watches.add(watchdog.watch());
        watches.get(2).enterAnew();
        watchdog.look(System.nanoTime() + SHORT.multipliedBy(2).toNanos());
        var many = watches.stream().filter(Watch::isCut).count();

        assertThat(few).isZero();
        assertThat(many).isEqualTo(3);
    }

    @Test
    void givenAHurriedWatchdog_whenTheShortLimitIsOver_thenAWriteIsCut() throws Exception {
        var watch = watchdog.watch();
        watch.enterAnew();

        watchdog.hurry();
        watchdog.look(System.nanoTime() + SHORT.multipliedBy(2).toNanos());

        assertThat(watch.isCut()).isTrue();
    }
}

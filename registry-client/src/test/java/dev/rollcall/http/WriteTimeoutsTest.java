package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteTimeoutsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final WriteTimeouts writeTimeouts = new WriteTimeouts(LIMIT, SHORT, 2);

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted();
    }

    @Test
    void givenAWrite_whenItsLimitIsOver_thenItsThreadIsInterruptedAndNotBefore() throws Exception {
        var writeTimeout = writeTimeouts.start();
        var earliest = System.nanoTime();
        writeTimeout.restart();
        var latest = System.nanoTime();

        writeTimeouts.check(earliest + LIMIT.toNanos() - 1);
        var before = Thread.currentThread().isInterrupted();
        writeTimeouts.check(latest + LIMIT.toNanos() + 1);
        var after = Thread.currentThread().isInterrupted();

        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void givenAWriteThatWasCut_whenItsThreadLeavesIt_thenItIsNotInterruptedAnyMoreAndMayNotWriteAgain()
            throws Exception {
        var writeTimeout = writeTimeouts.start();
        writeTimeout.enter();
        writeTimeout.cut();

        writeTimeout.leave();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(writeTimeout::enter).isInstanceOf(IOException.class);
    }

    @Test
    void givenAWatchBetweenTwoWrites_whenItsLimitIsOver_thenNobodyIsInterrupted() throws Exception {
        var writeTimeout = writeTimeouts.start();
        writeTimeout.wrap(new ByteArrayOutputStream()).write(1);

        writeTimeouts.check(System.nanoTime() + LIMIT.multipliedBy(2).toNanos());

        assertThat(writeTimeout.isCut()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void givenMoreStuckWritesThanThereMayBe_whenTheShortLimitIsOver_thenAllOfThemAreCut() throws Exception {
        var watches = new ArrayList<WriteTimeout>();
        for (var i = 0; i < 2; i++) {
            watches.add(writeTimeouts.start());
            watches.get(i).restart();
        }

        writeTimeouts.check(System.nanoTime() + SHORT.multipliedBy(2).toNanos());
        var few = watches.stream().filter(WriteTimeout::isCut).count();
        watches.add(writeTimeouts.start());
        watches.get(2).restart();
        writeTimeouts.check(System.nanoTime() + SHORT.multipliedBy(2).toNanos());
        var many = watches.stream().filter(WriteTimeout::isCut).count();

        assertThat(few).isZero();
        assertThat(many).isEqualTo(3);
    }

    @Test
    void givenAHurriedWatchdog_whenTheShortLimitIsOver_thenAWriteIsCut() throws Exception {
        var writeTimeout = writeTimeouts.start();
        writeTimeout.restart();

        writeTimeouts.skipWaiting();
        writeTimeouts.check(System.nanoTime() + SHORT.multipliedBy(2).toNanos());

        assertThat(writeTimeout.isCut()).isTrue();
    }
}

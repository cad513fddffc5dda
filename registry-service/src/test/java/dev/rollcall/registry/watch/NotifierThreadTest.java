package dev.rollcall.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NotifierThreadTest {
    @Test
    void givenARepeatedTask_whenOneRoundFailsWithAnError_thenTheNextOnesFollow() throws Exception {
        var rounds = new CountDownLatch(3);
        try (var thread = new NotifierThread("test")) {
            thread.scheduleRepeatedly(
                    () -> {
                        rounds.countDown();
                        throw new StackOverflowError("thrown by the test");
                    },
                    Duration.ofMillis(1));

            assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}

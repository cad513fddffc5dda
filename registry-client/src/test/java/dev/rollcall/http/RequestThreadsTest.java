package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testkit.CapturedLog;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class RequestThreadsTest {
    /** An exception would end the built-in server's dispatcher. */
    @Test
    void givenNoThreadToBeHad_whenTheServerHandsARequestOver_thenLoggedAndNothingIsInFlight() {
        var inFlight = new InFlight();
        var threads = new RequestThreads(ServerLimits.DEFAULT, inFlight);
        threads.close();

        try (var log = CapturedLog.of(RequestThreads.class)) {
            threads.execute(() -> {});

            assertThat(log.events()).hasSize(1);
        }
        assertThatThrownBy(() -> threads.submit(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(inFlight.count()).isZero();
    }
}

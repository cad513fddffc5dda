package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfDoubtTest {
    private static final ServiceName SERVICE = ServiceName.GRADING;

    private final SelfDoubt doubt = new SelfDoubt();

    @ParameterizedTest
    @CsvSource({
        "1, 1, false",
        "2, 2, false",
        "3, 3, true",
        "3, 9, true",
        "3, 10, false",
        "4, 10, true",
        "30, 100, false"
    })
    void givenAService_whenSoManyFallSilentAtOnce_thenTheRegistryIsInDoubtOrNot(
            int silent, int instances, boolean doubts) {
        fallSilent(silent, instances, 1_000);

        assertThat(doubt.isAbout(SERVICE, 1_000)).isEqualTo(doubts);
        assertThat(doubt.isAbout(ServiceName.LOG, 1_000)).isFalse();
        assertThat(doubt.reasons(1_000)).hasSize(doubts ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"4999, true", "5000, true", "5001, false"})
    void givenThreeOfThree_whenTheyFallSilentOneAfterTheOther_thenOnlyTenSecondsCount(long millis, boolean doubts) {
        for (var i = 0; i < 3; i++) {
            doubt.silent(
                    SERVICE, url(i), 3, false, Duration.ofMillis(i * millis).toNanos());
        }

        assertThat(doubt.isAbout(SERVICE, Duration.ofMillis(2 * millis).toNanos()))
                .isEqualTo(doubts);
    }

    @Test
    void givenADoubt_whenFewEnoughAreSilent_thenItEnds() {
        fallSilent(4, 10, 0);

        doubt.endSilence(SERVICE, url(0), 10);

        assertThat(doubt.isAbout(SERVICE, 0)).isFalse();
    }

    @Test
    void givenADoubt_whenNothingChanges_thenItEndsAfterAMinute() {
        fallSilent(3, 3, 0);

        assertThat(doubt.isAbout(SERVICE, Duration.ofSeconds(60).toNanos() - 1)).isTrue();
        assertThat(doubt.isAbout(SERVICE, Duration.ofSeconds(60).toNanos())).isFalse();
    }

    @Test
    void givenARegistryThatPaused_whenItRunsAgain_thenItIsInDoubtForThreeSeconds() {
        doubt.paused(500);

        assertThat(doubt.isAbout(SERVICE, 500 + Duration.ofSeconds(3).toNanos() - 1))
                .isTrue();
        assertThat(doubt.isAbout(SERVICE, 500 + Duration.ofSeconds(3).toNanos()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // alone; another instance heard after ms; this instance silent at 0, 1250 and 2750 ms
        "false, -1, true",
        "false, 0, false",
        "false, 1249, false",
        "false, 1251, true",
        "true, -1, false"
    })
    void givenSilence_whenAnotherInstanceIsHeard_thenItIsProven(boolean isAlone, long heardAt, boolean unproven) {
        for (var millis : new long[] {0, 1_250, 2_750}) {
            if (heardAt >= 0 && heardAt <= millis) {
                doubt.heard(Duration.ofMillis(heardAt).toNanos());
            }
            doubt.silent(SERVICE, url(0), 1, isAlone, Duration.ofMillis(millis).toNanos());
        }

        assertThat(doubt.isUnproven(SERVICE, url(0))).isEqualTo(unproven);
        assertThat(doubt.reasons(Duration.ofMillis(2_750).toNanos())).hasSize(unproven ? 1 : 0);
    }

    @Test
    void givenSilenceOfAll_whenNoneIsHeardForFiveMinutes_thenItIsProven() {
        var bound = Duration.ofMinutes(5).toNanos();
        var history = new ArrayList<Boolean>();

        for (var now : new long[] {0, 1, bound - 1, bound}) {
            doubt.silent(SERVICE, url(0), 2, false, now);
            history.add(doubt.isUnproven(SERVICE, url(0)));
        }

        assertThat(history).containsExactly(true, true, true, false);
        assertThat(doubt.reasons(bound)).isEmpty();
    }

    private void fallSilent(int silent, int instances, long now) {
        for (var i = 0; i < silent; i++) {
            doubt.silent(SERVICE, url(i), instances, false, now);
        }
    }

    private static HttpUrl url(int i) {
        return HttpUrl.of("http://place:" + (i + 1));
    }
}

package dev.rollcall.registry.core;

import static dev.rollcall.registry.core.Evidence.ALIVE;
import static dev.rollcall.registry.core.Evidence.BUSY;
import static dev.rollcall.registry.core.Evidence.GONE;
import static dev.rollcall.registry.core.Evidence.SILENT;
import static dev.rollcall.registry.core.Evidence.UNWELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LivenessTest {
    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final Duration FORGET = Duration.ofMinutes(10);

    private long now = 1_000_000_000L;

    static List<Arguments> histories() {
        return List.of(
                Arguments.of(List.of(ALIVE), Health.PASSING),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE), Health.STARTING),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE, GONE), Health.SUSPECT),
                Arguments.of(List.of(SILENT, UNWELL, BUSY, GONE, GONE, GONE), Health.SUSPECT),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE, GONE, ALIVE), Health.PASSING),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE, GONE, SILENT, BUSY), Health.SUSPECT),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE, GONE, SILENT, BUSY, UNWELL), Health.EVICTED),
                Arguments.of(List.of(ALIVE, GONE), Health.PASSING),
                Arguments.of(List.of(ALIVE, GONE, ALIVE, GONE), Health.PASSING),
                Arguments.of(List.of(ALIVE, GONE, GONE), Health.EVICTED),
                Arguments.of(List.of(ALIVE, SILENT), Health.SUSPECT),
                Arguments.of(List.of(ALIVE, SILENT, SILENT), Health.SUSPECT),
                Arguments.of(List.of(ALIVE, SILENT, SILENT, ALIVE), Health.PASSING),
                Arguments.of(List.of(ALIVE, SILENT, SILENT, SILENT), Health.EVICTED),
                Arguments.of(List.of(ALIVE, SILENT, GONE, GONE), Health.EVICTED),
                Arguments.of(List.of(ALIVE, UNWELL, UNWELL), Health.PASSING),
                Arguments.of(List.of(ALIVE, UNWELL, UNWELL, UNWELL), Health.EVICTED),
                Arguments.of(List.of(ALIVE, UNWELL, UNWELL, ALIVE, UNWELL, UNWELL), Health.PASSING),
                Arguments.of(List.of(ALIVE, BUSY, BUSY, BUSY, BUSY), Health.PASSING),
                Arguments.of(List.of(ALIVE, SILENT, BUSY), Health.PASSING),
                Arguments.of(List.of(ALIVE, GONE, GONE, ALIVE), Health.EVICTED),
                Arguments.of(List.of(ALIVE, GONE, GONE, ALIVE, ALIVE), Health.PASSING),
                Arguments.of(List.of(ALIVE, GONE, GONE, ALIVE, GONE, ALIVE), Health.EVICTED));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void givenAnInstance_whenProbed_thenItsHealthFollowsTheEvidence(List<Evidence> history, Health expected) {
        var liveness = starting();

        history.forEach(evidence -> answer(liveness, evidence));

        assertThat(liveness.health()).isEqualTo(expected);
    }

    @Test
    void givenAnAbsentInstance_whenTheRegistryPauses20Minutes_thenItIsForgotten20MinutesLater() {
        var liveness = starting();
        List.of(ALIVE, GONE, GONE).forEach(evidence -> answer(liveness, evidence));
        var away = now;
        var lost = Duration.ofMinutes(20);

        now += lost.toNanos();
        liveness.paused(lost.toNanos(), now, Duration.ofSeconds(1));

        assertThat(liveness.isForgetDue(now)).isFalse();
        assertThat(liveness.isForgetDue(away + lost.plus(FORGET).toNanos() - 1)).isFalse();
        assertThat(liveness.isForgetDue(away + lost.plus(FORGET).toNanos())).isTrue();
    }

    static List<Arguments> rechecks() {
        return List.of(
                Arguments.of(List.of(GONE), 50L),
                Arguments.of(List.of(GONE, GONE), 100L),
                Arguments.of(List.of(GONE, GONE, GONE), 200L),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE), 800L),
                Arguments.of(List.of(GONE, GONE, GONE, GONE, GONE, GONE, GONE), 1_000L),
                Arguments.of(List.of(ALIVE, GONE), 50L),
                Arguments.of(List.of(ALIVE, SILENT), 250L),
                Arguments.of(List.of(ALIVE, SILENT, SILENT), 500L),
                Arguments.of(List.of(ALIVE, UNWELL), 1_000L),
                Arguments.of(List.of(ALIVE, GONE, GONE, ALIVE), 250L));
    }

    @ParameterizedTest
    @MethodSource("rechecks")
    void givenASuspectInstance_whenProbed_thenTheNextProbeIsAfter(List<Evidence> history, long millis) {
        var liveness = starting();

        history.forEach(evidence -> answer(liveness, evidence));

        assertThat(liveness.nextProbeNanos() - now)
                .isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void givenAPassingInstance_whenItPassesAgain_thenTheNextProbeIsJittered() {
        var liveness = starting();

        for (var i = 0; i < 1_000; i++) {
            answer(liveness, ALIVE);
            assertThat(Duration.ofNanos(liveness.nextProbeNanos() - now))
                    .isBetween(Duration.ofMillis(2_700), Duration.ofMillis(3_300));
        }
    }

    @Test
    void givenAnEvictedInstance_whenItStaysAway_thenProbesGetRareAndItIsForgottenAfter10Min() {
        var liveness = starting();
        answer(liveness, ALIVE);
        answer(liveness, GONE);
        answer(liveness, GONE);
        var evictedAt = now;
        var longest = Duration.ZERO;

        while (now < evictedAt + FORGET.toNanos()) {
            assertThat(liveness.isForgetDue(now)).isFalse();
            now = liveness.nextProbeNanos();
            liveness.apply(GONE, false, now);
            longest = Duration.ofNanos(liveness.nextProbeNanos() - now);
        }

        assertThat(longest).isEqualTo(Duration.ofSeconds(30));
        assertThat(liveness.isForgetDue(evictedAt + FORGET.toNanos() - 1)).isFalse();
        assertThat(liveness.isForgetDue(evictedAt + FORGET.toNanos())).isTrue();
    }

    @Test
    void givenAPassingInstance_whenAHintComes_thenItIsProbedNow() {
        var liveness = starting();
        answer(liveness, ALIVE);

        liveness.hint(now + 5);

        assertThat(liveness.nextProbeNanos()).isEqualTo(now + 5);
    }

    @Test
    void givenAPassingInstance_whenItRegistersAgain_thenItStaysAnnouncedWhileItStarts() {
        var liveness = starting();
        answer(liveness, ALIVE);

        liveness.reregistered(now, Duration.ofSeconds(1));
        liveness.apply(GONE, false, now);
        liveness.apply(GONE, false, now + 1);
        liveness.apply(GONE, false, now + 2);
        var whileComingUp = liveness.health();
        liveness.apply(GONE, false, now + Duration.ofSeconds(1).toNanos());

        assertThat(whileComingUp).isEqualTo(Health.PASSING);
        assertThat(liveness.health()).isEqualTo(Health.EVICTED);
    }

    @Test
    void givenARegistryInDoubt_whenResponsesAreMissing_thenOnlyHardEvidenceEvicts() {
        var liveness = starting();
        answer(liveness, ALIVE);

        for (var i = 0; i < 10; i++) {
            now = liveness.nextProbeNanos();
            liveness.apply(SILENT, true, now);
        }
        var whileSilent = liveness.health();
        liveness.apply(GONE, true, now);
        liveness.apply(GONE, true, now);

        assertThat(whileSilent).isEqualTo(Health.SUSPECT);
        assertThat(liveness.health()).isEqualTo(Health.EVICTED);
    }

    @Test
    void givenAnEvictedInstance_whenItRegistersAgain_thenOneGoodResponseSuffices() {
        var liveness = starting();
        List.of(ALIVE, GONE, GONE).forEach(evidence -> answer(liveness, evidence));

        liveness.reregistered(now, Duration.ofSeconds(1));
        answer(liveness, ALIVE);

        assertThat(liveness.health()).isEqualTo(Health.PASSING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.class,
            names = {"GONE", "SILENT", "UNWELL", "BUSY"})
    void givenANewcomer_whenItNeverRespondsWith200_thenSuspectAfter1SAndEvictedAfter3Probes(Evidence evidence) {
        var takes = evidence == SILENT ? Duration.ofSeconds(1).toNanos() : 0;
        var registered = now;
        var liveness = starting();
        var changes = new LinkedHashMap<Health, Duration>();

        while (liveness.health() != Health.EVICTED && now - registered < FORGET.toNanos()) {
            now = liveness.nextProbeNanos() + takes;
            liveness.apply(evidence, true, now);
            changes.putIfAbsent(liveness.health(), Duration.ofNanos(now - registered));
            assertThat(liveness.isAnnounced()).isFalse();
        }

        assertThat(changes).containsOnlyKeys(Health.STARTING, Health.SUSPECT, Health.EVICTED);
        assertThat(changes.get(Health.SUSPECT)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(changes.get(Health.EVICTED)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void givenASuspectNewcomer_whenAHintComes_thenItIsNotProbedSooner() {
        var liveness = starting();
        for (var i = 0; i < 6; i++) {
            answer(liveness, GONE);
        }
        var planned = liveness.nextProbeNanos();

        liveness.hint(now + 5);

        assertThat(liveness.health()).isEqualTo(Health.SUSPECT);
        assertThat(liveness.nextProbeNanos()).isEqualTo(planned);
    }

    private Liveness starting() {
        return Liveness.starting(INTERVAL, FORGET, new Random(7), now);
    }

    private void answer(Liveness liveness, Evidence evidence) {
        now = liveness.nextProbeNanos();
        liveness.apply(evidence, false, now);
    }
}

package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryCoreTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final RegistryCore core =
            new RegistryCore(CoreSettings.DEFAULT, "epoch", new Random(5), () -> Instant.EPOCH);
    private final List<Effect> effects = new ArrayList<>();
    private long now = 1;
    private long tickets;

    @Test
    void givenAnInstance_whenItLeaves_thenItCompletesOnceItsDependantsKnow() {
        var provider = listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));
        listed(ServiceName.PORTAL, 3, List.of(ServiceName.LOG));
        effects.clear();

        core.deregister(provider, 99, now);
        collect();
        var sent = List.copyOf(sends());
        acknowledge(sent.get(0));
        var afterOne = admitted(99);
        acknowledge(sent.get(1));

        assertThat(sent)
                .hasSize(2)
                .allSatisfy(send -> assertThat(send.patch().patch().removed()).hasSize(1));
        assertThat(afterOne).isFalse();
        assertThat(admitted(99)).isTrue();
        assertThat(core.view().entries()).hasSize(2);
    }

    @Test
    void givenALeavingInstance_whenADependantNeverResponds_thenItCompletesAfterTwoSeconds() {
        var provider = listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));

        core.deregister(provider, 99, now);
        advance(1_999);
        var before = admitted(99);
        var meanwhile = core.view().entries().get(0).health();
        advance(1);

        assertThat(before).isFalse();
        assertThat(meanwhile).isEqualTo(Health.DRAINING);
        assertThat(admitted(99)).isTrue();
    }

    @Test
    void givenALeavingInstance_whenDeregisteredTwice_thenBothCompleteAndAThirdIsUnknown() {
        var provider = listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));

        var first = core.deregister(provider, 98, now);
        var second = core.deregister(provider, 99, now);
        advance(2_000);
        var third = core.deregister(provider, 100, now);

        assertThat(List.of(first, second, third)).containsExactly(true, true, false);
        assertThat(admitted(98)).isTrue();
        assertThat(admitted(99)).isTrue();
    }

    @Test
    void givenASettledDependant_whenItReportsAnotherView_thenItIsSentASnapshot() {
        listed(ServiceName.LOG, 1, List.of());
        var dependant = listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));
        effects.clear();

        advance(3_500);
        var probe = probes().stream()
                .filter(c -> c.instance().equals(dependant))
                .findFirst()
                .orElseThrow();
        core.probed(dependant, probe.attempt(), new ProbeVerdict(Evidence.ALIVE, "", Optional.of("epoch:1")), now);
        collect();

        assertThat(core.mismatches()).isEqualTo(1);
        assertThat(sends())
                .hasSize(1)
                .allSatisfy(send -> assertThat(send.patch().snapshot()).isTrue());
    }

    @Test
    void givenThreeOfFour_whenTheyFallSilent_thenTheyAreEvictedOnlyAfterAMinute() {
        for (var i = 1; i <= 4; i++) {
            listed(ServiceName.GRADING, i, List.of());
        }
        effects.clear();

        answerChecks(59_000, c -> c.instance().value().endsWith(":4") ? Evidence.ALIVE : Evidence.SILENT);
        var within = core.view().entries().stream().map(RollView.Entry::health).toList();
        answerChecks(8_000, c -> c.instance().value().endsWith(":4") ? Evidence.ALIVE : Evidence.SILENT);
        var after = core.view().entries().stream().map(RollView.Entry::health).toList();

        assertThat(within).containsExactly(Health.SUSPECT, Health.SUSPECT, Health.SUSPECT, Health.PASSING);
        assertThat(after).containsExactly(Health.EVICTED, Health.EVICTED, Health.EVICTED, Health.PASSING);
    }

    @Test
    void givenAllOfTwoServices_whenTheyFallSilent_thenTheyAreEvictedOnlyAfterFiveMinutes() {
        listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));
        effects.clear();

        answerChecks(299_000, c -> Evidence.SILENT);
        var within = healths();
        var doubts = core.healthReasons(now);
        answerChecks(12_000, c -> Evidence.SILENT);

        assertThat(within).containsExactly(Health.SUSPECT, Health.SUSPECT);
        assertThat(doubts).singleElement().asString().contains("cut off");
        assertThat(healths()).containsExactly(Health.EVICTED, Health.EVICTED);
        assertThat(core.healthReasons(now)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.class,
            names = {"ALIVE", "UNWELL", "GONE", "BUSY"})
    void givenAllSilent_whenOneIsHeard_thenTheOthersAreEvictedForTheirSilence(Evidence heard) {
        listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));
        listed(ServiceName.PORTAL, 3, List.of(ServiceName.LOG));
        effects.clear();
        answerChecks(30_000, c -> Evidence.SILENT);
        var before = healths();

        answerChecks(5_000, c -> c.instance().value().endsWith(":1") ? heard : Evidence.SILENT);

        assertThat(before).containsOnly(Health.SUSPECT);
        assertThat(healths().subList(1, 3)).containsOnly(Health.EVICTED);
        assertThat(core.healthReasons(now)).isEmpty();
    }

    @Test
    void givenTheOnlyInstance_whenItFallsSilent_thenItIsEvictedAfterThreeProbes() {
        listed(ServiceName.LOG, 1, List.of());
        core.register(Registration.of(ServiceName.GRADING, HttpUrl.of("http://place:2")), ++tickets, now);
        effects.clear();

        answerChecks(5_000, c -> Evidence.SILENT);

        assertThat(healths()).containsExactly(Health.EVICTED, Health.UNCHECKED);
    }

    @Test
    void givenTwoInstances_whenOneFallsSilent_thenTheOtherIsProbedAndItIsEvictedAfter3Probes() {
        listed(ServiceName.LOG, 1, List.of());
        listed(ServiceName.GRADING, 2, List.of());
        effects.clear();
        var probedMillis = new ArrayList<Long>();

        answerChecks(5_000, c -> {
            probedMillis.add(now / MILLI);
            return c.instance().value().endsWith(":1") ? Evidence.SILENT : Evidence.ALIVE;
        });

        assertThat(healths()).containsExactly(Health.EVICTED, Health.PASSING);
        assertThat(probedMillis.get(3) - probedMillis.get(0)).isLessThan(1_000);
    }

    @Test
    void givenANewcomerThatNeverPasses_whenItIsSuspect_thenItIsNotAnnouncedAndHasAReason() {
        var dependant = listed(ServiceName.GRADING, 2, List.of(ServiceName.LOG));
        effects.clear();
        var url = HttpUrl.of("http://place:1");
        core.register(
                new Registration(ServiceName.LOG, url, List.of(), null, url.resolve("/nothing"), "", 0, Map.of()),
                ++tickets,
                now);
        collect();

        answerChecksUntil(
                10_000,
                c -> c.instance().equals(dependant)
                        ? ProbeVerdict.of(Evidence.ALIVE, "")
                        : ProbeVerdict.of(Evidence.UNWELL, "answered 404"));

        assertThat(healths()).containsExactly(Health.PASSING, Health.EVICTED);
        assertThat(core.view().entries().get(1).lastResponse().reason()).isEqualTo("answered 404");
        assertThat(sends()).isEmpty();
        assertThat(core.view().provided()).doesNotContain(ServiceName.LOG);
    }

    @Test
    void givenARegistryThatPaused_whenResultsOfOldProbesCome_thenTheyAreIgnored() {
        var provider = listed(ServiceName.LOG, 1, List.of());
        advance(3_500);
        var old = probes().get(probes().size() - 1);

        core.paused(Duration.ofSeconds(5).toNanos(), now);
        core.probed(provider, old.attempt(), ProbeVerdict.of(Evidence.GONE, ""), now);
        core.probed(provider, old.attempt(), ProbeVerdict.of(Evidence.GONE, ""), now);
        effects.clear();
        advance(1_000);

        assertThat(core.view().entries().get(0).health()).isEqualTo(Health.PASSING);
        assertThat(probes()).hasSize(1);
    }

    @Test
    void givenAnUnannouncedUncheckedInstance_whenRestarted_thenItsAnnouncementIsRecorded() {
        var url = HttpUrl.of("http://place:1");
        var records = new ArrayList<JournalRecord>();
        records.add(new JournalRecord.Registered(1, Registration.of(ServiceName.LOG, url)));

        core.restore(RollState.of(records), now);
        for (var effect : core.effects()) {
            if (effect instanceof Effect.Persist persist) {
                records.add(persist.record());
            }
        }
        records.add(new JournalRecord.Removed(2, url));

        assertThat(RollState.of(records).tombstones())
                .extracting(RollState.Tombstone::provider)
                .containsExactly(Registration.of(ServiceName.LOG, url).asProvider());
    }

    private HttpUrl listed(ServiceName name, int port, List<ServiceName> requires) {
        var url = HttpUrl.of("http://place:" + port);
        var registration = new Registration(
                name,
                url,
                requires,
                url.resolve("/services"),
                url.resolve("/heartbeat"),
                "instance-" + port,
                Registration.EXTENDED,
                Map.of());
        core.register(registration, ++tickets, now);
        collect();
        var probe = probes().get(probes().size() - 1);
        core.probed(url, probe.attempt(), ProbeVerdict.of(Evidence.ALIVE, ""), now);
        collect();
        advance(0);
        for (var i = 0; i < 3; i++) {
            List.copyOf(sends()).forEach(this::acknowledge);
            advance(20);
        }
        return url;
    }

    private void acknowledge(Effect.Send send) {
        core.sent(send.dependant(), send.attempt(), PatchOutcome.APPLIED, now);
        collect();
    }

    private List<Health> healths() {
        return core.view().entries().stream().map(RollView.Entry::health).toList();
    }

    private void answerChecks(long millis, Function<Effect.Probe, Evidence> answers) {
        answerChecksUntil(millis, c -> ProbeVerdict.of(answers.apply(c), ""));
    }

    private void answerChecksUntil(long millis, Function<Effect.Probe, ProbeVerdict> answers) {
        var end = now + millis * MILLI;
        while (now < end) {
            advance(10);
            var probes = probes();
            effects.clear();
            probes.forEach(c -> core.probed(c.instance(), c.attempt(), answers.apply(c), now));
            collect();
        }
    }

    private void advance(long millis) {
        var end = now + millis * MILLI;
        while (core.nextDueNanos() <= end) {
            now = Math.max(now, core.nextDueNanos());
            core.tick(now);
            collect();
        }
        now = end;
    }

    private void collect() {
        effects.addAll(core.effects());
    }

    private List<Effect.Probe> probes() {
        return effects.stream()
                .filter(Effect.Probe.class::isInstance)
                .map(Effect.Probe.class::cast)
                .toList();
    }

    private List<Effect.Send> sends() {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .toList();
    }

    private boolean admitted(long ticket) {
        return effects.contains(new Effect.Complete(ticket));
    }
}

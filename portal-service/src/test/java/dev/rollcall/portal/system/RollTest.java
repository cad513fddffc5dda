package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RollTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:15:37Z");

    @Test
    void givenChangesOutOfOrderOrTwice_whenApplied_thenNewestCounts() {
        var roll = Roll.EMPTY.withSnapshot("e", 5, List.of(instance("A", 1, Health.PASSING)));

        var after = roll.with(change(7, "evicted", 1), instance("A", 1, Health.EVICTED))
                .with(change(6, "suspect", 1), instance("A", 1, Health.SUSPECT))
                .with(change(7, "evicted", 1), instance("A", 1, Health.EVICTED));

        assertThat(after.at("http://i1").map(Instance::health)).contains(Health.EVICTED);
        assertThat(after.newestFirst(9)).extracting(RollChange::revision).containsExactly(7L, 6L);
    }

    @Test
    void givenOlderSnapshot_whenApplied_thenOnlyLastResponseTimes() {
        var roll = Roll.EMPTY.withSnapshot("e", 5, List.of(instance("A", 1, Health.PASSING)));
        var changed = roll.with(change(6, "suspect", 1), instance("A", 1, Health.SUSPECT));

        var after = changed.withSnapshot(
                "e", 5, List.of(instance("A", 1, Health.PASSING).withLastAnswer(NOW)));

        assertThat(after.at("http://i1").map(Instance::health)).contains(Health.SUSPECT);
        assertThat(after.at("http://i1").map(Instance::lastAnswer)).contains(NOW);
        assertThat(after.withSnapshot("f", 1, List.of()).byUrl()).isEmpty();
    }

    @Test
    void givenDeregistration_whenApplied_thenInstanceIsGone() {
        var roll = Roll.EMPTY.withSnapshot("e", 5, List.of(instance("A", 1, Health.PASSING)));

        assertThat(roll.with(change(6, "deregistered", 1), instance("A", 1, Health.DRAINING))
                        .byUrl())
                .isEmpty();
    }

    @Test
    void givenThousandInstances_whenDrawn_thenBoxPerServiceWithCounts() {
        var instances = new ArrayList<Instance>();
        IntStream.range(0, 990).forEach(i -> instances.add(instance("A", i, Health.PASSING, "B", "C")));
        IntStream.range(990, 1_000).forEach(i -> instances.add(instance("A", i, Health.SUSPECT, "B")));
        instances.add(instance("B", 1_000, Health.PASSING));

        var roll = Roll.EMPTY.withSnapshot("e", 1, instances);
        var topologyDiagram = TopologyDiagram.of(roll.services());

        assertThat(topologyDiagram.boxes())
                .extracting(TopologyDiagram.Box::name)
                .containsExactly("A", "B", "C");
        assertThat(topologyDiagram.boxes().get(0).signs())
                .extracting(TopologyDiagram.Sign::text)
                .containsExactly("●990", "▲10");
        assertThat(topologyDiagram.boxes().get(2).isMissing()).isTrue();
        assertThat(topologyDiagram.arrows())
                .extracting(TopologyDiagram.Arrow::isBroken)
                .containsExactly(false, true);
        assertThat(roll.missing()).isEqualTo(Map.of("C", Set.of("A")));
        assertThat(roll.services().get(0).first(3)).extracting(Instance::health).containsOnly(Health.SUSPECT);
    }

    @Test
    void givenServicesThatRequireEachOther_whenDrawn_thenArrowEachWay() {
        var roll = Roll.EMPTY.withSnapshot(
                "e", 1, List.of(instance("A", 1, Health.PASSING, "B"), instance("B", 2, Health.PASSING, "A", "B")));

        var topologyDiagram = TopologyDiagram.of(roll.services());

        assertThat(topologyDiagram.arrows()).hasSize(2);
        assertThat(topologyDiagram.boxes()).extracting(TopologyDiagram.Box::x).doesNotHaveDuplicates();
    }

    @Test
    void givenPrometheusText_whenRead_thenNumbersWithTheirMeaning() {
        var metrics =
                Metric.parse("# HELP a_total What <a> is.\n# TYPE a_total counter\na_total{x=\"1\",y=\"}\"} 5 123\n"
                        + "b 1e3\nbroken line here\n");

        assertThat(metrics)
                .containsExactly(
                        new Metric("a_total", "x=\"1\",y=\"}\"", "5", "What <a> is."), new Metric("b", "", "1e3", ""));
    }

    private static RollChange change(long revision, String kind, int number) {
        return new RollChange(revision, NOW, kind, "", "A", "http://i" + number);
    }

    private static Instance instance(String service, int number, Health health, String... requires) {
        return new Instance(
                service,
                "http://i" + number,
                "",
                health,
                "",
                NOW,
                health == Health.STARTING ? null : NOW,
                List.of(requires),
                List.of(),
                Map.of());
    }
}

package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.plain.PlainProvider;
import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Service;
import dev.rollcall.system.testkit.Suite;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Instances that fail in every way at the same time, and come back: which patches their dependants receive. */
final class FaultyInstanceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** On an idle machine 7 s at most: an interval, and three time-outs with the pauses between. */
    private static final Duration REMOVED_LIMIT = Duration.ofSeconds(30);

    private static final Act WELL = Act.OK;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final Map<Fault, PlainProvider> faulty = new EnumMap<>(Fault.class);
    /** Instances of the same services as the failing ones; they never fail. */
    private final List<PlainProvider> neighbours = new ArrayList<>();

    /** How an instance answers heartbeats, and the result. */
    private enum Fault {
        NEVER(new Act.Stall(), Outcome.evicted("no answer within 1 s")),
        ONE_BYTE_A_SECOND(
                new Act.Trickle(Duration.ofSeconds(1), Act.Answer.of(200)), Outcome.evicted("no answer within 1 s")),
        LATE(new Act.Delay(Duration.ofSeconds(3), Act.OK), Outcome.evicted("no answer within 1 s")),
        STATUS_500(Act.Answer.of(500), Outcome.evicted("answered 500")),
        STATUS_503(Act.Answer.of(503), Outcome.evicted("answered 503")),
        STATUS_404(Act.Answer.of(404), Outcome.evicted("answered 404")),
        RESET(new Act.Reset(), Outcome.evicted("")),
        CLOSED(new Act.Close(), Outcome.evicted("")),
        STATUS_503_RETRY_AFTER(Act.Answer.of(503).with("Retry-After", "1"), Outcome.KEPT),
        STATUS_429(Act.Answer.of(429).with("Retry-After", "1"), Outcome.KEPT),
        ALMOST_LATE(new Act.Delay(Duration.ofMillis(300), Act.OK), Outcome.KEPT);

        private final Act act;
        private final Outcome outcome;

        Fault(Act act, Outcome outcome) {
            this.act = act;
            this.outcome = outcome;
        }

        private boolean isKept() {
            return outcome == Outcome.KEPT;
        }

        /** Responds with an error: evicted after three such responses. */
        private boolean isUnwell() {
            return outcome.reason().startsWith("answered");
        }

        private boolean isSilent() {
            return outcome.reason().startsWith("no answer");
        }
    }

    /** Evicted for a reason, or kept. */
    private record Outcome(String reason) {
        private static final Outcome KEPT = new Outcome("");

        private static Outcome evicted(String reason) {
            return new Outcome(reason);
        }
    }

    @Test
    void givenInstancesThatFailInAllWays_whenTheyDoAndComeBack_thenTheirDependantsAreToldInTimeAndNobodyElseIsEvicted()
            throws Exception {
        suite.startRegistry().url();
        var killed = suite.start(Program.LOG);
        var frozen = suite.start(Program.GRADING);
        for (var program : List.of(Program.LOG, Program.GRADING)) {
            neighbours.add(register(program.service()));
        }
        for (var fault : Fault.values()) {
            faulty.put(fault, register("Service-" + fault));
        }
        var observer = suite.closesAtTheEnd(PlainDependant.listening("Observer", services()));
        assertThat(observer.registration().sendTo(suite.registryUrl()).status()).isEqualTo(200);
        var extended = suite.closesAtTheEnd(LibraryInstance.registered(suite.registryUrl(), "Extended", services()));
        var all = new ArrayList<>(List.of(entry(killed), entry(frozen)));
        neighbours.forEach(neighbour -> all.add(neighbour.entry()));
        faulty.values().forEach(provider -> all.add(provider.entry()));
        Await.atMost(LIMIT, () -> assertKnown(observer, extended, all));
        var from = observer.received().size();

        var start = System.nanoTime();
        faulty.forEach((fault, provider) -> provider.answersHeartbeats(fault.act));
        killed.kill();
        frozen.freeze();
        assertRemoved("kill -9", entry(killed), observer, from, start);
        assertRemoved("SIGSTOP", entry(frozen), observer, from, start);
        assertFaultyRemoved(observer, from, start);

        var left = new ArrayList<PlainPatch.Entry>();
        neighbours.forEach(neighbour -> left.add(neighbour.entry()));
        faulty.forEach((fault, provider) -> {
            if (fault.isKept()) {
                left.add(provider.entry());
            }
        });
        Await.atMost(LIMIT, () -> assertKnown(observer, extended, left));
        assertTheRollSaysSo(all, left);

        var healed = System.nanoTime();
        faulty.values().forEach(provider -> provider.answersHeartbeats(WELL));
        frozen.thaw();
        suite.startAgain(killed);
        Await.atMost(LIMIT, () -> assertKnown(observer, extended, all));
        System.out.printf("all back within %d ms%n", millis(System.nanoTime() - healed));

        assertThat(observer.received().stream().skip(from).flatMap(received -> received.patch().removed().stream()))
                .doesNotContainAnyElementsOf(left);
        assertThat(observer.confusions()).isEmpty();
    }

    private PlainProvider register(String name) throws IOException, InterruptedException {
        var provider = suite.closesAtTheEnd(PlainProvider.listening(name));
        assertThat(provider.registration().sendTo(suite.registryUrl()).status()).isEqualTo(200);
        return provider;
    }

    private String[] services() {
        var names = new ArrayList<>(List.of(Program.LOG.service(), Program.GRADING.service()));
        faulty.values().forEach(provider -> names.add(provider.registration().name()));
        return names.toArray(String[]::new);
    }

    private static PlainPatch.Entry entry(Service service) throws InterruptedException {
        return new PlainPatch.Entry(service.program().service(), service.url());
    }

    private void assertFaultyRemoved(PlainDependant observer, int from, long start) throws Exception {
        for (var each : faulty.entrySet()) {
            var fault = each.getKey();
            var provider = each.getValue();
            if (fault.isKept()) {
                continue;
            }
            var removed = assertRemoved(fault.name(), provider.entry(), observer, from, start);
            if (fault.isUnwell()) {
                assertThat(provider.heartbeats())
                        .as("%s: heartbeats before it was evicted", fault)
                        .filteredOn(heartbeat -> heartbeat.answer() == fault.act && heartbeat.nanos() < removed)
                        .hasSize(3);
            }
        }
    }

    /** Waits for the removal; returns when it came. */
    private static long assertRemoved(
            String what, PlainPatch.Entry entry, PlainDependant observer, int from, long start)
            throws InterruptedException {
        var removed = observer.awaitPatch(from, patch -> patch.removed().contains(entry), LIMIT)
                .nanos();
        System.out.printf("%s: removed after %d ms%n", what, millis(removed - start));
        assertThat(Duration.ofNanos(removed - start)).as(what).isLessThan(REMOVED_LIMIT);
        return removed;
    }

    private static void assertKnown(PlainDependant observer, LibraryInstance extended, List<PlainPatch.Entry> wanted) {
        assertThat(observer.providers()).containsExactlyInAnyOrderElementsOf(wanted);
        var names = wanted.stream().map(PlainPatch.Entry::name).distinct();
        assertThat(names.flatMap(name -> extended.providers().of(new ServiceName(name)).stream())
                        .map(provider -> provider.url().value()))
                .containsExactlyInAnyOrderElementsOf(
                        wanted.stream().map(PlainPatch.Entry::url).toList());
    }

    private void assertTheRollSaysSo(List<PlainPatch.Entry> all, List<PlainPatch.Entry> left) throws Exception {
        var roll = Roll.of(suite.registryUrl());
        for (var entry : all) {
            assertThat(roll.health(entry.url()))
                    .as(entry.toString())
                    .contains(left.contains(entry) ? "passing" : "evicted");
        }
        var histories = histories();
        faulty.forEach((fault, provider) -> {
            var history = histories.get(provider.registration().url());
            if (fault.isKept()) {
                assertThat(history)
                        .as(fault.name())
                        .startsWith("registered ", "passing ")
                        .noneMatch(event -> event.startsWith("evicted"));
                assertThat(provider.heartbeats()).as(fault.name()).hasSizeGreaterThan(2);
            } else if (fault.isSilent()) {
                assertThat(history)
                        .as(fault.name())
                        .startsWith("registered ", "passing ")
                        .endsWith("suspect " + fault.outcome.reason(), "evicted " + fault.outcome.reason());
            } else {
                assertThat(history)
                        .as(fault.name())
                        .startsWith("registered ", "passing ")
                        .last()
                        .asString()
                        .startsWith("evicted " + fault.outcome.reason());
            }
        });
    }

    /** Returns each instance's result and the reason. */
    private Map<String, List<String>> histories() throws IOException, InterruptedException {
        var histories = new LinkedHashMap<String, List<String>>();
        for (var event : Http.get(suite.registryUrl() + "/events?limit=1000").json()) {
            histories
                    .computeIfAbsent(event.path("ServiceURL").asText(), url -> new ArrayList<>())
                    .add(event.path("Kind").asText() + " "
                            + event.path("Reason").asText());
        }
        return histories;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}

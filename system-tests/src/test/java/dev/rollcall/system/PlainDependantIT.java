package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.Fault;
import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.plain.PlainRegistration;
import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a registry may tell a service that appends whatever is Added and removes one for each Removed. */
final class PlainDependantIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATCH_LIMIT = Duration.ofMillis(200);
    private static final int CHANGES = 300;
    private static final int PROVIDERS = 6;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);
    private final Map<String, PlainDependant> dependants = new LinkedHashMap<>();

    @AfterEach
    void close() {
        dependants.values().forEach(PlainDependant::close);
    }

    @Test
    void givenDependantsWithFaults_whenProvidersComeAndGo_thenNoneIsConfusedAndAllEndWithTheTruth() throws Exception {
        System.out.println("seed " + seed);
        suite.startRegistry("--patch-limit", PATCH_LIMIT.toMillis() + "ms").url();
        add("without faults", Fault.NONE);
        add("late, taken", new Fault(true, new Act.Delay(PATCH_LIMIT.multipliedBy(2), Act.OK)));
        add("reset, taken", new Fault(true, new Act.Reset()));
        add("reset, not taken", new Fault(false, new Act.Reset()));
        add("closed, taken", new Fault(true, new Act.Close()));
        add("500, taken", new Fault(true, Act.Answer.of(500)));
        add("500, not taken", new Fault(false, Act.Answer.of(500)));
        add("slow but in time", new Fault(true, new Act.Delay(PATCH_LIMIT.dividedBy(4), Act.OK)));
        for (var dependant : dependants.values()) {
            assertThat(dependant.registration().sendTo(suite.registryUrl()).status())
                    .isEqualTo(200);
        }

        var truth = churn();
        dependants.values().forEach(dependant -> dependant.takesPatches(() -> Fault.NONE));

        dependants.forEach((name, dependant) ->
                assertThat(dependant.confusions()).as("%s, seed %d", name, seed).isEmpty());
        for (var dependant : dependants.entrySet()) {
            Await.atMost(
                    LIMIT,
                    () -> assertThat(dependant.getValue().providers())
                            .as("%s, seed %d", dependant.getKey(), seed)
                            .containsExactlyInAnyOrderElementsOf(truth));
            assertThat(dependant.getValue().confusions())
                    .as("%s, seed %d", dependant.getKey(), seed)
                    .isEmpty();
        }
        dependants.forEach((name, dependant) -> System.out.printf(
                "%s: %d patches taken%n", name, dependant.received().size()));
    }

    /** Half of its patches meet the fault, chosen by a random sequence of its own, so that the seed repeats it. */
    private void add(String name, Fault fault) {
        var dependant = PlainDependant.listening("PortalService", "LogService", "GradingService");
        var own = new Random(random.nextLong());
        dependant.takesPatches(() -> {
            synchronized (own) {
                return own.nextBoolean() ? fault : Fault.NONE;
            }
        });
        dependants.put(name, dependant);
    }

    /** Instances register, register again and deregister; who is left. */
    private Set<PlainPatch.Entry> churn() throws IOException, InterruptedException {
        var candidates = new ArrayList<PlainPatch.Entry>();
        for (var service : List.of("LogService", "GradingService", "OtherService")) {
            IntStream.range(0, PROVIDERS)
                    .mapToObj(i -> new PlainPatch.Entry(service, "http://localhost:" + Ports.free()))
                    .forEach(candidates::add);
        }
        var present = new LinkedHashSet<PlainPatch.Entry>();
        for (var i = 0; i < CHANGES; i++) {
            var entry = candidates.get(random.nextInt(candidates.size()));
            var registration = new PlainRegistration(entry.name(), entry.url(), List.of(), "", "");
            if (present.contains(entry) && random.nextInt(4) > 0) {
                assertThat(registration.deregisterFrom(suite.registryUrl()).status())
                        .isEqualTo(200);
                present.remove(entry);
            } else {
                assertThat(registration.sendTo(suite.registryUrl()).status()).isEqualTo(200);
                present.add(entry);
            }
            if (random.nextInt(10) == 0) {
                // lets some of it be told one by one
                awaitTold(present);
            }
        }
        present.removeIf(entry -> entry.name().equals("OtherService"));
        return present;
    }

    private void awaitTold(Set<PlainPatch.Entry> present) throws InterruptedException {
        var wanted = present.stream()
                .filter(entry -> !entry.name().equals("OtherService"))
                .toList();
        Await.atMost(
                LIMIT,
                () -> assertThat(dependants.get("without faults").providers())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(wanted));
    }
}

package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.plain.Fault;
import dev.rollcall.system.plain.PlainDependant;
import dev.rollcall.system.plain.PlainPatch;
import dev.rollcall.system.plain.PlainRegistration;
import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.Reply;
import dev.rollcall.system.testkit.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a registry may send to a service that appends whatever is Added and removes one entry for each Removed. */
final class PlainDependantIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Longer than a faultless dependant takes; later patches can confuse it without the registry's fault. */
    private static final Duration PATCH_LIMIT = Duration.ofMillis(600);

    private static final int CHANGES = 200;
    private static final List<String> SERVICES = List.of("LogService", "GradingService", "OtherService");
    private static final int PROVIDERS = 16;

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

        var start = System.nanoTime();
        var truth = churn();
        System.out.printf("%d changes in %d ms%n", CHANGES, millisSince(start));
        dependants.values().forEach(dependant -> dependant.takesPatches(() -> Fault.NONE));

        dependants.forEach((name, dependant) ->
                assertThat(dependant.confusions()).as("%s, seed %d", name, seed).isEmpty());
        var quiet = System.nanoTime();
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
        System.out.printf("all told %d ms after the last fault%n", millisSince(quiet));
        dependants.forEach((name, dependant) -> System.out.printf(
                "%s: %d patches taken%n", name, dependant.received().size()));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** A third of its patches meet the fault, chosen by a random sequence of its own, so that the seed repeats it. */
    private void add(String name, Fault fault) {
        var dependant = PlainDependant.listening("PortalService", "LogService", "GradingService");
        var own = new Random(random.nextLong());
        dependant.takesPatches(() -> {
            synchronized (own) {
                return own.nextInt(3) == 0 ? fault : Fault.NONE;
            }
        });
        dependants.put(name, dependant);
    }

    /**
     * Lets instances register, register again and deregister, in parallel but each with one request at a time; returns
     * those left. A registry may delay the response to a deregistration until the dependants know.
     */
    private Set<PlainPatch.Entry> churn() throws Exception {
        var candidates = candidates();
        var present = new LinkedHashSet<PlainPatch.Entry>();
        var underWay = new LinkedHashMap<PlainPatch.Entry, Future<Reply>>();
        for (var i = 0; i < CHANGES; i++) {
            if (i % candidates.size() == 0) {
                Collections.shuffle(candidates, random);
            }
            var entry = candidates.get(i % candidates.size());
            var registration = new PlainRegistration(entry.name(), entry.url(), List.of(), "", "");
            var leaves = present.contains(entry) && random.nextInt(4) > 0;
            assertDone(underWay.get(entry));
            if (leaves) {
                underWay.put(entry, registration.deregisterLaterFrom(suite.registryUrl()));
                present.remove(entry);
            } else {
                underWay.put(entry, registration.sendLaterTo(suite.registryUrl()));
                present.add(entry);
            }
            if (random.nextInt(10) == 0) {
                // lets some changes be sent one by one
                awaitTold(required(present));
            }
        }
        for (var last : underWay.values()) {
            assertDone(last);
        }
        return required(present);
    }

    private static List<PlainPatch.Entry> candidates() {
        var ports = new LinkedHashSet<Integer>();
        while (ports.size() < SERVICES.size() * PROVIDERS) {
            ports.add(Ports.free());
        }
        var candidates = new ArrayList<PlainPatch.Entry>();
        for (var port : ports) {
            candidates.add(new PlainPatch.Entry(
                    SERVICES.get(candidates.size() % SERVICES.size()), "http://localhost:" + port));
        }
        return candidates;
    }

    private void assertDone(@Nullable Future<Reply> change) throws Exception {
        if (change != null) {
            assertThat(change.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).status())
                    .as("seed %d", seed)
                    .isEqualTo(200);
        }
    }

    private static Set<PlainPatch.Entry> required(Set<PlainPatch.Entry> present) {
        var required = new LinkedHashSet<>(present);
        required.removeIf(entry -> entry.name().equals("OtherService"));
        return required;
    }

    private void awaitTold(Set<PlainPatch.Entry> wanted) throws InterruptedException {
        Await.atMost(
                LIMIT,
                () -> assertThat(dependants.get("without faults").providers())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(wanted));
    }
}

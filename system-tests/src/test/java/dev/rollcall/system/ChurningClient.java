package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Http;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Registers and deregisters addresses of its own, one after the other, and tracks what the roll must hold of them. Used
 * by one thread at a time.
 */
final class ChurningClient {
    /** Stands for absence from the roll, in place of the service and the instance's id. */
    static final String ABSENT = "absent";

    private static final List<String> SERVICES = List.of("LogService", "GradingService", "OtherService");
    private static final int FILLER_MAX = 4_000;

    private final String registry;
    private final AnsweredRevisions revisions;
    private final Random random;
    private final List<String> urls;
    private final Map<String, Set<String>> possible = new LinkedHashMap<>();
    private int instances;

    ChurningClient(String registryUrl, AnsweredRevisions revisions, Collection<Integer> ports, long seed) {
        this.registry = registryUrl + "/services";
        this.revisions = revisions;
        this.random = new Random(seed);
        this.urls = ports.stream().map(port -> "http://localhost:" + port).toList();
        urls.forEach(url -> possible.put(url, Set.of(ABSENT)));
    }

    /** Returns an instance's name in {@link #possible}. */
    static String nameOf(String service, String id) {
        return service + " " + id;
    }

    /** Runs until the registry stops responding; releases a permit for each response. */
    void runUntilCutOff(Semaphore answers) throws InterruptedException {
        try {
            while (true) {
                change(urls.get(random.nextInt(urls.size())));
                answers.release();
            }
        } catch (IOException e) {
            // the last request may have been applied or not
        }
    }

    /** Returns, by URL, the instances of which one must be on the roll, or {@link #ABSENT}. */
    Map<String, Set<String>> possible() {
        return Map.copyOf(possible);
    }

    /** Takes this roll as the true state. */
    void found(String url, String instance) {
        possible.put(url, Set.of(instance));
    }

    private void change(String url) throws IOException, InterruptedException {
        var before = possible.get(url).iterator().next();
        var isThere = !before.equals(ABSENT);
        if (isThere ? random.nextInt(3) > 0 : random.nextInt(10) == 0) {
            possible.put(url, either(before, ABSENT));
            var reply = revisions.of(() -> Http.delete(registry, url));
            assertThat(reply.status()).as("%s, %s", url, before).isEqualTo(isThere ? 200 : 404);
            possible.put(url, Set.of(ABSENT));
        } else {
            register(url, before);
        }
    }

    private void register(String url, String before) throws IOException, InterruptedException {
        var service = SERVICES.get(random.nextInt(SERVICES.size()));
        var id = Integer.toString(++instances);
        possible.put(url, either(before, nameOf(service, id)));
        // of very different sizes, so that a kill tears some of them
        var filler = "x".repeat(random.nextInt(FILLER_MAX));
        var json = "{\"ServiceName\":\"" + service + "\",\"ServiceURL\":\"" + url + "\",\"InstanceID\":\"" + id
                + "\",\"Metadata\":{\"filler\":\"" + filler + "\"}}";
        var reply = revisions.of(() -> Http.post(registry, "application/json", json));
        assertThat(reply.status()).as("%s, %s", url, id).isEqualTo(200);
        possible.put(url, Set.of(nameOf(service, id)));
    }

    private static Set<String> either(String one, String other) {
        return new HashSet<>(List.of(one, other));
    }
}

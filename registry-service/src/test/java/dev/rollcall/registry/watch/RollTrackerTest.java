package dev.rollcall.registry.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.registry.core.CoreSettings;
import dev.rollcall.registry.core.Effect;
import dev.rollcall.registry.core.RegistryCore;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollTrackerTest {
    private static final ServiceName A = new ServiceName("A");
    private static final ServiceName B = new ServiceName("B");

    private final InstantSource clock = () -> Instant.EPOCH;
    private final RegistryCore core = new RegistryCore(CoreSettings.DEFAULT, "epoch", new Random(1), clock);
    private final RollTracker rollTracker = new RollTracker(core.view());

    @Test
    void givenARequiredService_whenItsProviderComesAndGoes_thenEachNoticeHasWhatIsMissingThen() {
        var first = register("http://a:1", A, B);
        register("http://b:1", B);
        var second = register("http://a:2", A, B);
        core.deregister(HttpUrl.of("http://b:1"), 9, 0);
        notices();
        var third = register("http://a:3", A, B);

        assertThat(first.line().instance().missing()).containsExactly(B);
        assertThat(second.line().instance().missing()).isEmpty();
        assertThat(third.line().instance().missing()).containsExactly(B);
    }

    @Test
    void givenAnInstance_whenItsServiceChanges_thenItConcernsWatchersOfBothServices() {
        register("http://a:1", A);

        var changeNotice = register("http://a:1", B);

        assertThat(changeNotice.concerns(A)).isTrue();
        assertThat(changeNotice.concerns(B)).isTrue();
        assertThat(changeNotice.concerns(new ServiceName("C"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenRandomChanges_whenEachIsApplied_thenMissingIsThatOfTheCore(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++) {
            var url = "http://a:" + (1 + random.nextInt(6));
            if (random.nextBoolean()) {
                register(url, random.nextBoolean() ? A : B, random.nextBoolean() ? A : B);
            } else {
                core.deregister(HttpUrl.of(url), i, i);
                notices();
            }

            var view = core.view();
            for (var entry : view.entries()) {
                // the same again, as if it had changed
                var again = new RollChange(view.revision(), Instant.EPOCH, RollChange.Kind.PASSING, entry, "");
                assertThat(rollTracker.notice(again).line().instance().missing())
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(view.missing(entry));
            }
        }
    }

    @Test
    void givenAChange_whenItIsWritten_thenTheInstancesFieldsFollowItsOwn() {
        var changeNotice = register("http://a:1", A, B);

        var json = Json.text(changeNotice.line());

        assertThat(json)
                .isEqualTo("{\"Revision\":1,\"Time\":\"1970-01-01T00:00:00Z\",\"Kind\":\"registered\",\"Reason\":\"\","
                        + "\"ServiceName\":\"A\",\"ServiceURL\":\"http://a:1\",\"InstanceID\":\"\","
                        + "\"Health\":\"unchecked\",\"Since\":\"1970-01-01T00:00:00Z\","
                        + "\"RequiredServices\":[\"B\"],\"Missing\":[\"B\"],\"Metadata\":{}}");
    }

    private ChangeNotice register(String url, ServiceName name, ServiceName... requires) {
        var registration = new Registration(name, HttpUrl.of(url), List.of(requires), null, null, "", 0, Map.of());
        core.register(registration, 1, Duration.ofSeconds(1).toNanos());
        var notices = notices();
        return notices.get(notices.size() - 1);
    }

    private List<ChangeNotice> notices() {
        var notices = new ArrayList<ChangeNotice>();
        for (var effect : core.effects()) {
            if (effect instanceof Effect.Publish publish) {
                notices.add(rollTracker.notice(publish.change()));
            }
        }
        return notices;
    }
}

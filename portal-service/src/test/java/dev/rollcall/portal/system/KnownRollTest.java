package dev.rollcall.portal.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.portal.live.ServerEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownRollTest {
    private static final String LOG = "{\"ServiceName\":\"LogService\",\"ServiceURL\":\"http://localhost:4000\","
            + "\"Health\":\"%s\",\"Kind\":\"%s\",\"Revision\":%d}";

    private final KnownRoll state = new KnownRoll();

    @Test
    void givenSnapshotWithMalformedInstance_whenApplied_thenOthersAreKept() throws Exception {
        var state = new KnownRoll();

        state.apply(new ServerEvent(
                "snapshot",
                "e:1",
                "[{\"ServiceName\":\"A\",\"ServiceURL\":\"http://a\",\"Since\":\"noon\"},17,null,"
                        + "{\"ServiceName\":\"B\",\"ServiceURL\":\"http://b\",\"RequiredServices\":[[],\"A\"]}]"));

        assertThat(state.view(Instant.EPOCH).roll().byUrl()).containsOnlyKeys("http://b");
        assertThat(state.view(Instant.EPOCH).roll().byUrl().get("http://b").requires())
                .containsExactly("A");
    }

    @Test
    void givenSnapshotAndChange_whenApplied_thenRollOfThatRevision() throws Exception {
        state.apply(new ServerEvent("snapshot", "e:41", "[" + LOG.formatted("passing", "", 41) + "]"));
        state.apply(new ServerEvent("change", "e:42", LOG.formatted("evicted", "evicted", 42)));
        state.apply(new ServerEvent("bookmark", "e:57", "{}"));

        var roll = state.view(Instant.EPOCH).roll();

        assertThat(roll.at("http://localhost:4000").map(Instance::health)).contains(Health.EVICTED);
        assertThat(roll.revision()).isEqualTo(42);
        assertThat(state.lastId()).isEqualTo("e:57");
    }

    @Test
    void givenRegistryThatStopsAndReturns_whenApplied_thenNoteOnlyMeanwhile() throws Exception {
        state.apply(new ServerEvent("snapshot", "e:41", "[" + LOG.formatted("passing", "", 41) + "]"));

        state.update(RollClient.QueryResult.without("gone"), List.of(), List.of());

        assertThat(state.view(Instant.EPOCH).note()).isEqualTo("gone");
        assertThat(state.view(Instant.EPOCH).roll().byUrl()).hasSize(1);

        state.apply(new ServerEvent("snapshot", "f:1", "[]"));

        assertThat(state.view(Instant.EPOCH).note()).isEmpty();
        assertThat(state.view(Instant.EPOCH).roll().byUrl()).isEmpty();
    }
}

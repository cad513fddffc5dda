package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProvidersTest {
    private static final Provider LOG = Provider.of(ServiceName.LOG, HttpUrl.of("http://localhost:4000"));

    private final Providers providers = new Providers();

    @Test
    void givenOnlyLastKnown_whenQueried_thenCandidateAndNotPresent() {
        providers.apply(ReceivedPatch.plain(new Patch(List.of(LOG), List.of())));
        providers.apply(ReceivedPatch.plain(new Patch(List.of(), List.of(LOG))));

        assertThat(providers.of(ServiceName.LOG)).isEmpty();
        assertThat(providers.candidates(ServiceName.LOG)).containsExactly(LOG);
    }

    @Test
    void givenPatches_whenApplied_thenRevisionTellsWhereTheViewStands() {
        var before = providers.revision();

        var taken = providers.apply(at(new Revisions("e", 7, 0)));
        var refused = providers.apply(at(new Revisions("e", 10, 9)));

        assertThat(before).isEmpty();
        assertThat(taken).isTrue();
        assertThat(refused).isFalse();
        assertThat(providers.revision()).contains("e:7");
        assertThat(providers.of(ServiceName.LOG)).containsExactly(LOG);
    }

    private static ReceivedPatch at(Revisions revisions) {
        return new ReceivedPatch(new Patch(List.of(LOG), List.of()), Optional.of(revisions), false);
    }
}

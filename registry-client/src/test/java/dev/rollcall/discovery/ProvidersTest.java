package dev.rollcall.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProvidersTest {
    private static final Provider LOG = Provider.of(ServiceName.LOG, HttpUrl.of("http://localhost:4000"));
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Providers providers = new Providers();

    @Test
    void givenProvider_whenAwaited_thenAtOnceEvenWithoutTime() throws Exception {
        providers.apply(added(LOG));

        assertThat(providers.awaitProvider(ServiceName.LOG, Duration.ZERO)).contains(LOG);
    }

    @Test
    void givenNoProvider_whenAwaited_thenEmptyAtTheLimit() throws Exception {
        var start = System.nanoTime();

        var provider = providers.awaitProvider(ServiceName.LOG, Duration.ofMillis(50));

        assertThat(provider).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(providers.awaitProvider(ServiceName.LOG, Duration.ZERO)).isEmpty();
    }

    @Test
    void givenWaiting_whenAnotherServiceComesFirst_thenTheOneAwaitedIsReturned() throws Exception {
        var awaited = CompletableFuture.supplyAsync(() -> await(ServiceName.LOG));

        providers.apply(added(Provider.of(ServiceName.GRADING, HttpUrl.of("http://localhost:6000"))));
        providers.apply(added(LOG));

        assertThat(awaited.get(30, TimeUnit.SECONDS)).contains(LOG);
    }

    @Test
    void givenOnlyLastKnown_whenAwaited_thenNotTakenForPresent() throws Exception {
        providers.apply(added(LOG));
        providers.apply(ReceivedPatch.plain(new Patch(List.of(), List.of(LOG))));

        assertThat(providers.awaitProvider(ServiceName.LOG, Duration.ofMillis(1)))
                .isEmpty();
        assertThat(providers.candidates(ServiceName.LOG)).containsExactly(LOG);
    }

    @Test
    void givenWaiting_whenInterrupted_thenItLeaves() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> providers.awaitProvider(ServiceName.LOG, LIMIT))
                .isInstanceOf(InterruptedException.class);
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

    private Optional<Provider> await(ServiceName service) {
        try {
            return providers.awaitProvider(service, LIMIT);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static ReceivedPatch added(Provider... all) {
        return ReceivedPatch.plain(new Patch(List.of(all), List.of()));
    }

    private static ReceivedPatch at(Revisions revisions) {
        return new ReceivedPatch(new Patch(List.of(LOG), List.of()), Optional.of(revisions), false);
    }
}

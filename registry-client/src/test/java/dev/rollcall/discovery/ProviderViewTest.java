package dev.rollcall.discovery;

import static dev.rollcall.discovery.ProviderView.Outcome.APPLIED;
import static dev.rollcall.discovery.ProviderView.Outcome.CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.discovery.ReceivedPatch.Revisions;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderViewTest {
    private static final Provider A = log(1);
    private static final Provider B = log(2);
    private static final Provider C = log(3);
    private static final Provider GRADING = Provider.of(ServiceName.GRADING, HttpUrl.of("http://localhost:6000"));

    private ProviderView view = ProviderView.EMPTY;

    // the plain layer

    @Test
    void givenNothingTold_whenAsked_thenNobody() {
        assertThat(view.present(ServiceName.LOG)).isEmpty();
        assertThat(view.candidates(ServiceName.LOG)).isEmpty();
        assertThat(view.epoch()).isEmpty();
    }

    @Test
    void givenPlainPatch_whenApplied_thenEachServiceHasItsOwn() {
        plain(added(A, GRADING, B));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A, B);
        assertThat(view.present(ServiceName.GRADING)).containsExactly(GRADING);
    }

    @Test
    void givenDoubles_whenApplied_thenOnce() {
        plain(added(A, A));
        plain(added(A));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenSameUrlWithAnotherInstance_whenAdded_thenTheLaterReplaces() {
        var again = new Provider(ServiceName.LOG, A.url(), "second run", Map.of());
        plain(added(A));

        plain(added(again));

        assertThat(view.present(ServiceName.LOG)).containsExactly(again);
    }

    @Test
    void givenAddedAndRemovedInOnePatch_whenApplied_thenItIsThere() {
        plain(added(A));

        plain(new Patch(List.of(A), List.of(A)));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenPlainRegistryThatTellsARestartInTheWrongOrder_whenApplied_thenTheProviderIsStillTried() {
        plain(added(A));

        plain(added(A));
        plain(removed(A));

        assertThat(view.present(ServiceName.LOG)).isEmpty();
        assertThat(view.candidates(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenPlainRemovals_whenSomebodyIsLeft_thenOnlyThatOneIsTried() {
        plain(added(A, B));

        plain(removed(A));

        assertThat(view.candidates(ServiceName.LOG)).containsExactly(B);
    }

    @Test
    void givenLastKnown_whenSomebodyComes_thenOnlyTheNewcomerIsTried() {
        plain(added(A));
        plain(removed(A));

        plain(added(B));

        assertThat(view.candidates(ServiceName.LOG)).containsExactly(B);
    }

    @Test
    void givenRemovalOfAStranger_whenApplied_thenNothingChanges() {
        plain(added(A));

        plain(removed(B, GRADING));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
        assertThat(view.candidates(ServiceName.GRADING)).isEmpty();
    }

    @Test
    void givenRemovalUnderAnotherName_whenApplied_thenNothingChanges() {
        plain(added(A));

        plain(removed(Provider.of(ServiceName.GRADING, A.url())));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenEmptyPatch_whenApplied_thenNothingMissingIsReadAsGone() {
        plain(added(A));

        plain(Patch.EMPTY);

        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
    }

    // the extended layer

    @ParameterizedTest
    @CsvSource({
        // a view at revision 5: is the patch applied, and which revision follows?
        "4, 3, APPLIED, 5, false",
        "5, 4, APPLIED, 5, false",
        "6, 5, APPLIED, 6, true",
        "7, 5, APPLIED, 7, true",
        "6, 4, APPLIED, 6, true",
        "6, 0, APPLIED, 6, true",
        "7, 6, CONFLICT, 5, false",
        "9, 8, CONFLICT, 5, false",
    })
    void givenViewAtFive_whenPatched_thenByItsRevisions(
            long to, long from, ProviderView.Outcome outcome, long revision, boolean taken) {
        snapshot("e", 5, A);

        var applied = extended("e", to, from, added(B));

        assertThat(applied).isEqualTo(outcome);
        assertThat(view.revision()).isEqualTo(revision);
        assertThat(view.present(ServiceName.LOG)).isEqualTo(taken ? List.of(A, B) : List.of(A));
    }

    @Test
    void givenFirstPatchFromNothing_whenApplied_thenTaken() {
        var applied = extended("e", 3, 0, added(A));

        assertThat(applied).isEqualTo(APPLIED);
        assertThat(view.epoch()).isEqualTo("e");
        assertThat(view.revision()).isEqualTo(3);
        assertThat(view.present(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenFirstPatchFromSomewhere_whenApplied_thenConflict() {
        var applied = extended("e", 3, 2, added(A));

        assertThat(applied).isEqualTo(CONFLICT);
        assertThat(view.candidates(ServiceName.LOG)).isEmpty();
    }

    @Test
    void givenRemovalByAnExtendedRegistry_whenApplied_thenGoneForGood() {
        snapshot("e", 1, A);

        extended("e", 2, 1, removed(A));

        assertThat(view.candidates(ServiceName.LOG)).isEmpty();
    }

    @Test
    void givenPatchAppliedTwice_whenApplied_thenAsOnce() {
        snapshot("e", 1, A);

        extended("e", 2, 1, new Patch(List.of(B), List.of(A)));
        extended("e", 2, 1, new Patch(List.of(B), List.of(A)));

        assertThat(view.present(ServiceName.LOG)).containsExactly(B);
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true", "6, true"})
    void givenSnapshotOfTheSameEpoch_whenApplied_thenItIsTheWholeViewUnlessItIsOlder(long revision, boolean taken) {
        snapshot("e", 5, A);

        var applied = snapshot("e", revision, B);

        assertThat(applied).isEqualTo(APPLIED);
        assertThat(view.candidates(ServiceName.LOG)).containsExactly(taken ? B : A);
    }

    @Test
    void givenPatchOfAnotherEpoch_whenApplied_thenConflictAndNothingIsLost() {
        snapshot("e", 5, A);

        assertThat(extended("f", 6, 5, added(B))).isEqualTo(CONFLICT);
        assertThat(extended("f", 1, 0, added(B))).isEqualTo(CONFLICT);
        assertThat(view.candidates(ServiceName.LOG)).containsExactly(A);
        assertThat(view.epoch()).isEqualTo("e");
    }

    @Test
    void givenRegistryThatForgot_whenItsEmptySnapshotComes_thenWhoWasKnownIsStillTried() {
        snapshot("e", 5, A, B, GRADING);

        snapshot("f", 1);

        assertThat(view.present(ServiceName.LOG)).isEmpty();
        assertThat(view.candidates(ServiceName.LOG)).containsExactly(A, B);
        assertThat(view.candidates(ServiceName.GRADING)).containsExactly(GRADING);
        assertThat(view.epoch()).isEqualTo("f");
        assertThat(view.revision()).isEqualTo(1);
    }

    @Test
    void givenRegistryThatForgotTwice_whenNobodyCameBetween_thenWhoWasKnownIsStillTried() {
        snapshot("e", 5, A);

        snapshot("f", 1);
        snapshot("g", 1);

        assertThat(view.candidates(ServiceName.LOG)).containsExactly(A);
    }

    @Test
    void givenLastKnown_whenTheNewRegistryRemovesOne_thenItIsNotTriedAnyMore() {
        snapshot("e", 5, A, B);
        snapshot("f", 1);

        extended("f", 2, 1, removed(A));

        assertThat(view.candidates(ServiceName.LOG)).containsExactly(B);
    }

    @Test
    void givenLastKnown_whenOneComesBackAndIsRemoved_thenOnlyTheOthersAreTried() {
        snapshot("e", 5, A, B);
        snapshot("f", 1);

        extended("f", 2, 1, added(A));
        var between = view.candidates(ServiceName.LOG);
        extended("f", 3, 2, removed(A));

        assertThat(between).containsExactly(A);
        assertThat(view.candidates(ServiceName.LOG)).containsExactly(B);
    }

    @Test
    void givenForgottenOnes_whenASnapshotOfTheSameEpochComes_thenItAloneCounts() {
        snapshot("e", 5, A);
        snapshot("f", 1);

        snapshot("f", 2);

        assertThat(view.candidates(ServiceName.LOG)).isEmpty();
    }

    // both, because registries may be exchanged while a service runs

    @Test
    void givenExtendedView_whenAPlainRegistryFollows_thenItsPatchesAddToWhatIsKnown() {
        snapshot("e", 5, A);

        plain(added(B));

        assertThat(view.present(ServiceName.LOG)).containsExactly(A, B);
        assertThat(view.epoch()).isEmpty();
    }

    @Test
    void givenPlainView_whenAnExtendedRegistryFollows_thenItsFirstPatchIsTheViewAndTheRestLastKnown() {
        plain(added(A, GRADING));

        extended("e", 1, 0, added(B));

        assertThat(view.present(ServiceName.LOG)).containsExactly(B);
        assertThat(view.present(ServiceName.GRADING)).isEmpty();
        assertThat(view.candidates(ServiceName.GRADING)).containsExactly(GRADING);
    }

    @Test
    void givenRandomPatches_whenApplied_thenAsTheNaiveModelSays() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var truth = new TreeSet<Integer>();
        var truthRevision = 0L;
        var model = new LinkedHashSet<Integer>();
        var modelRevision = 0L;
        var sent = new ArrayList<ReceivedPatch>();
        snapshot("e", 0);

        for (var step = 0; step < 5_000; step++) {
            var before = Set.copyOf(truth);
            var from = truthRevision;
            for (var change = 0; change <= random.nextInt(3); change++) {
                var instance = random.nextInt(6);
                if (!truth.remove(instance)) {
                    truth.add(instance);
                }
                truthRevision++;
            }
            if (random.nextInt(4) == 0) {
                continue; // this patch is lost
            }
            var isSnapshot = random.nextInt(5) == 0;
            var patch = isSnapshot ? new Patch(logs(truth), List.of()) : difference(before, truth);
            var received = new ReceivedPatch(patch, Optional.of(new Revisions("e", truthRevision, from)), isSnapshot);

            var outcome = apply(received);
            sent.add(received);
            var old = sent.get(random.nextInt(sent.size()));
            if (old.revisions().orElseThrow().revision() <= view.revision()) {
                assertThat(apply(old)).isEqualTo(APPLIED); // sent twice
            }

            var fits = isSnapshot || from <= modelRevision;
            if (fits) {
                model.clear();
                model.addAll(truth);
                modelRevision = truthRevision;
            }
            assertThat(outcome).as("seed %d, step %d", seed, step).isEqualTo(fits ? APPLIED : CONFLICT);
            assertThat(view.revision()).as("seed %d, step %d", seed, step).isEqualTo(modelRevision);
            assertThat(view.present(ServiceName.LOG))
                    .as("seed %d, step %d", seed, step)
                    .containsExactlyInAnyOrderElementsOf(logs(model))
                    .isEqualTo(view.candidates(ServiceName.LOG));
        }
    }

    private static Patch difference(Set<Integer> before, Set<Integer> after) {
        var come = new TreeSet<>(after);
        come.removeAll(before);
        var gone = new TreeSet<>(before);
        gone.removeAll(after);
        return new Patch(logs(come), logs(gone));
    }

    private void plain(Patch patch) {
        assertThat(apply(ReceivedPatch.plain(patch))).isEqualTo(APPLIED);
    }

    private ProviderView.Outcome extended(String epoch, long to, long from, Patch patch) {
        return apply(new ReceivedPatch(patch, Optional.of(new Revisions(epoch, to, from)), false));
    }

    private ProviderView.Outcome snapshot(String epoch, long revision, Provider... all) {
        return apply(new ReceivedPatch(added(all), Optional.of(new Revisions(epoch, revision, 0)), true));
    }

    private ProviderView.Outcome apply(ReceivedPatch patch) {
        var applied = view.apply(patch);
        view = applied.view();
        return applied.outcome();
    }

    private static Patch added(Provider... providers) {
        return new Patch(List.of(providers), List.of());
    }

    private static Patch removed(Provider... providers) {
        return new Patch(List.of(), List.of(providers));
    }

    private static List<Provider> logs(Set<Integer> instances) {
        return instances.stream().map(ProviderViewTest::log).toList();
    }

    private static Provider log(int instance) {
        return Provider.of(ServiceName.LOG, HttpUrl.of("http://localhost:" + (4_000 + instance)));
    }
}

package dev.rollcall.registry.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Patch;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.ServiceName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    private static final HttpUrl HERE = HttpUrl.of("http://localhost:4000");
    private static final HttpUrl THERE = HttpUrl.of("http://localhost:4001");

    private final Durability durability = new Durability();

    @Test
    void givenNothingUnwritten_whenChecked_thenAnyPatchIsCovered() {
        assertThat(durability.covers(adding(HERE))).isTrue();
    }

    @Test
    void givenAnUnwrittenAnnouncement_whenChecked_thenOnlyPatchesWithItAreNotCovered() {
        durability.appended(List.of(announced(HERE)));

        assertThat(durability.covers(adding(HERE))).isFalse();
        assertThat(durability.covers(removing(HERE))).isFalse();
        assertThat(durability.covers(adding(THERE))).isTrue();
    }

    @Test
    void givenTwoRecordsOfOneInstance_whenOnlyTheFirstIsWritten_thenItIsNotCovered() {
        var first = announced(HERE);
        var second = new JournalRecord.Removed(3, HERE);
        durability.appended(List.of(first));
        durability.appended(List.of(second));

        durability.committed(List.of(first));
        assertThat(durability.covers(removing(HERE))).isFalse();

        durability.committed(List.of(second));
        assertThat(durability.covers(removing(HERE))).isTrue();
    }

    private static JournalRecord announced(HttpUrl url) {
        return new JournalRecord.Announced(2, url, true, ServiceName.LOG);
    }

    private static PendingPatch adding(HttpUrl url) {
        return new PendingPatch(new Patch(List.of(provider(url)), List.of()), 0, 1, false);
    }

    private static PendingPatch removing(HttpUrl url) {
        return new PendingPatch(new Patch(List.of(), List.of(provider(url))), 0, 1, false);
    }

    private static Provider provider(HttpUrl url) {
        return Provider.of(ServiceName.LOG, url);
    }
}

package dev.rollcall.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.LiveStream;
import dev.rollcall.registry.core.Health;
import dev.rollcall.registry.core.LastResponse;
import dev.rollcall.registry.core.RollChange;
import dev.rollcall.registry.core.RollView;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final ServiceName A = new ServiceName("A");
    private static final ServiceName B = new ServiceName("B");

    private final RollTracker rollTracker = new RollTracker(new RollView("epoch", 0, List.of(), Set.of()));
    private final Recorder stream = new Recorder();

    @Test
    void givenWatchersAtDifferentPositions_whenABatchComes_thenEachIsSentWhatIsNewToIt() {
        var noticeBatch = new NoticeBatch(List.of(notice(1, A), notice(2, A), notice(3, A)));

        for (var seen = 0; seen <= 4; seen++) {
            var watcher = new Watcher(stream, Optional.empty(), new EventId("epoch", seen));
            watcher.send(noticeBatch);
            stream.end();
            assertThat(watcher.position()).isEqualTo(Math.max(3, seen));
        }

        assertThat(stream.ids()).containsExactly("1", "2", "3", "|", "2", "3", "|", "3", "|", "|", "|");
    }

    @Test
    void givenManyWatchers_whenABatchComes_thenAllAreSentTheSameBytes() {
        var noticeBatch = new NoticeBatch(List.of(notice(1, A), notice(2, B)));
        var other = new Recorder();

        new Watcher(stream, Optional.empty(), new EventId("epoch", 0)).send(noticeBatch);
        new Watcher(other, Optional.empty(), new EventId("epoch", 0)).send(noticeBatch);

        assertThat(stream.chunks.get(0)).isSameAs(other.chunks.get(0));
    }

    @Test
    void givenAWatcherOfOneService_whenOthersChange_thenItIsSentOnlyABookmarkInTime() {
        var watcher = new Watcher(stream, Optional.of(B), new EventId("epoch", 0));

        watcher.remind();
        watcher.send(new NoticeBatch(List.of(notice(1, A), notice(2, B), notice(3, A))));
        watcher.send(new NoticeBatch(List.of(notice(4, A))));
        watcher.remind();
        watcher.remind();

        assertThat(stream.texts())
                .satisfiesExactly(
                        comment -> assertThat(comment).startsWith(":"),
                        change -> assertThat(change)
                                .contains("event: change\nid: epoch:2\n")
                                .doesNotContain("epoch:3"),
                        bookmark -> assertThat(bookmark).isEqualTo("event: bookmark\nid: epoch:4\ndata: {}\n\n"),
                        comment -> assertThat(comment).startsWith(":"));
    }

    @Test
    void givenAnId_whenWrittenAndParsed_thenItIsTheSameAndAnythingElseIsEmpty() {
        var id = new EventId("3f-2:a", 17);

        assertThat(EventId.parse(id.toString())).contains(id);
        assertThat(EventId.parse("epoch")).isEmpty();
        assertThat(EventId.parse("epoch:")).isEmpty();
        assertThat(EventId.parse("epoch:x")).isEmpty();
        assertThat(EventId.parse("")).isEmpty();
    }

    private ChangeNotice notice(long revision, ServiceName name) {
        var registration =
                new Registration(name, HttpUrl.of("http://x:" + revision), List.of(), null, null, "", 0, Map.of());
        var entry = new RollView.Entry(registration, Health.PASSING, true, Instant.EPOCH, new LastResponse());
        return rollTracker.notice(new RollChange(revision, Instant.EPOCH, RollChange.Kind.PASSING, entry, ""));
    }

    private static final class Recorder implements LiveStream {
        private final List<byte[]> chunks = new ArrayList<>();

        @Override
        public boolean offer(byte[] chunk) {
            return chunks.add(chunk);
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void onIdle(Runnable listener) {
            throw new UnsupportedOperationException();
        }

        void end() {
            chunks.add("id: epoch:|\n".getBytes(UTF_8));
        }

        List<String> texts() {
            return chunks.stream().map(chunk -> new String(chunk, UTF_8)).toList();
        }

        List<String> ids() {
            return texts().stream()
                    .flatMap(String::lines)
                    .filter(line -> line.startsWith("id: epoch:"))
                    .map(line -> line.substring(10))
                    .toList();
        }

        @Override
        public void close() {}

        @Override
        public void onClosed(Consumer<End> listener) {}
    }
}

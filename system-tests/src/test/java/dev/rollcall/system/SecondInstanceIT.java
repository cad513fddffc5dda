package dev.rollcall.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.system.testkit.Await;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Program;
import dev.rollcall.system.testkit.Roll;
import dev.rollcall.system.testkit.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SecondInstanceIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int READERS = 4;
    private static final int PAGES = 250;

    @RegisterExtension
    final Suite suite = Suite.ofEachTest();

    @Test
    void givenTwoGradingServicesUnderLoad_whenTheFirstIsKilled_thenNotOnePageFails() throws Exception {
        suite.startRegistry();
        var first = suite.start(Program.GRADING);
        var second = suite.start(Program.GRADING);
        suite.start(Program.LOG);
        var portal = suite.start(Program.PORTAL).url();
        Await.atMost(LIMIT, () -> {
            assertThat(Roll.of(suite.registryUrl()).entries())
                    .hasSize(4)
                    .allSatisfy(entry -> assertThat(entry.health()).isEqualTo("passing"));
            assertThat(Http.get(portal + "/").body()).contains(first.url(), second.url());
        });

        try (var load = Load.on(portal + "/students", READERS)) {
            load.awaitPages(PAGES);
            assertThat(answers(first.url())).isPositive();
            assertThat(answers(second.url())).isPositive();
            first.kill();
            load.awaitPages(PAGES);
            Await.atMost(
                    LIMIT,
                    () -> assertThat(Roll.of(suite.registryUrl()).health(first.url()))
                            .contains("evicted"));
            load.awaitPages(PAGES);

            System.out.printf("%d pages, the first of two grading services killed under way%n", load.pages());
            assertThat(load.failures()).isEmpty();
        }
    }

    /** How many requests for students an instance has answered; its heartbeats are few. */
    private static long answers(String url) throws IOException, InterruptedException {
        return Http.get(url + "/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("rollcall_requests_total{status=\"200\"}"))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                - 20;
    }

    /** Readers that get a page again and again until closed. */
    private static final class Load implements AutoCloseable {
        private final String url;
        private final AtomicLong pages = new AtomicLong();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended;
        private volatile boolean closed;

        private Load(String url, int readers) {
            this.url = url;
            this.ended = new CountDownLatch(readers);
        }

        static Load on(String url, int readers) {
            var load = new Load(url, readers);
            for (var i = 0; i < readers; i++) {
                var thread = new Thread(load::read, "reader-" + i);
                thread.setDaemon(true);
                thread.start();
            }
            return load;
        }

        long pages() {
            return pages.get();
        }

        List<String> failures() {
            return List.copyOf(failures);
        }

        void awaitPages(int more) throws InterruptedException {
            var target = pages.get() + more;
            Await.atMost(LIMIT, () -> assertThat(pages.get()).isGreaterThan(target));
        }

        private void read() {
            try {
                while (!closed) {
                    var reply = Http.get(url);
                    pages.incrementAndGet();
                    if (reply.status() != 200 || !reply.body().contains("Averill")) {
                        failures.add(reply.toString());
                    }
                }
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended.countDown();
            }
        }

        @Override
        public void close() {
            closed = true;
            try {
                ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

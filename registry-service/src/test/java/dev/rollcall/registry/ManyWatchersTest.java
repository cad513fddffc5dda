package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.HttpHost;
import dev.rollcall.http.ServerLimits;
import dev.rollcall.registry.journal.Journal;
import dev.rollcall.testkit.Crowd;
import dev.rollcall.testkit.Eventually;
import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ManyWatchersTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String REQUEST = "GET /services/watch HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POLL = "GET /services?wait=5m&revision=0 HTTP/1.1\r\nHost: x\r\n\r\n";
    /** The pools for requests (before Java 21) and for live responses, and a few threads of the tests and the JDK. */
    private static final int THREADS_MAX = 64 + 16 + 20;

    @TempDir
    private Path data;

    private RegistryLoop loop;
    private HttpHost registry;

    @BeforeEach
    void start() throws Exception {
        loop = new RegistryLoop(RegistrySettings.parseOrExit(new String[0], Map.of()), Journal.open(data));
        loop.start();
        // the burst of connections is not what is tested here
        registry = HttpHost.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new ServerLimits(1 << 20, 64, 10_000));
        registry.start(RegistryRoutes.over(loop));
    }

    @AfterEach
    void stop() {
        registry.close();
        loop.close();
    }

    @Test
    void givenFiveThousandWatchers_whenAnInstanceRegisters_thenFewThreadsNotifyAll() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getThreadCount();
        try (var crowd = Crowd.of(5_000, registry.port(), REQUEST)) {
            Eventually.holds("all watch", LIMIT, () -> loop.rollFeed().watcherCount() == 5_000);
            threads.resetPeakThreadCount();
            for (var i = 1; i <= 3; i++) {
                crowd.expect("\"ServiceURL\":\"http://place:" + i + "\"");

                register("http://place:" + i, Map.of());

                assertThat(crowd.missing(LIMIT)).isZero();
            }
            assertThat(threads.getPeakThreadCount() - before).isLessThan(THREADS_MAX);
        }
    }

    @Test
    void givenFiveThousandLongPolls_whenAnInstanceRegisters_thenFewThreadsRespondToAll() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getThreadCount();
        try (var crowd = Crowd.of(5_000, registry.port(), POLL)) {
            Eventually.holds("all wait", LIMIT, () -> loop.rollFeed().longPollCount() == 5_000);
            threads.resetPeakThreadCount();
            crowd.expect("\"ServiceURL\":\"http://place:1\"");

            register("http://place:1", Map.of());

            assertThat(crowd.missing(LIMIT)).isZero();
            assertThat(threads.getPeakThreadCount() - before).isLessThan(THREADS_MAX);
        }
    }

    @Test
    void givenWatchersThatNeverRead_whenTheRollChanges_thenTheyAreDroppedAndOthersNotifiedInTime() throws Exception {
        var stuck = new ArrayList<SocketChannel>();
        for (var i = 0; i < 50; i++) {
            stuck.add(neverReading());
        }
        // few, so that they read at once even where the stuck ones leave little of the machine
        try (var crowd = Crowd.of(20, registry.port(), REQUEST)) {
            Eventually.holds("all watch", LIMIT, () -> loop.rollFeed().watcherCount() == 70);
            var metadata = Map.of("padding", "x".repeat(50_000));
            var dropped = 0L;
            for (var i = 1; dropped < 50; i++) {
                crowd.expect("\"ServiceURL\":\"http://place:" + i + "\"");

                register("http://place:" + i, metadata);

                assertThat(crowd.missing(Duration.ofSeconds(10)))
                        .as("change %d", i)
                        .isZero();
                dropped = loop.rollFeed().watchersEnded().get("slow");
                assertThat(i).isLessThan(2_000);
            }
            assertThat(loop.rollFeed().watcherCount()).isEqualTo(20);
        } finally {
            for (var channel : stuck) {
                channel.close();
            }
        }
    }

    private void register(String url, Map<String, String> metadata) {
        loop.register(new Registration(new ServiceName("A"), HttpUrl.of(url), List.of(), null, null, "", 0, metadata))
                .join();
    }

    private SocketChannel neverReading() throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port()));
        channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.ISO_8859_1)));
        return channel;
    }
}

package dev.rollcall.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.LiveStream.End;
import dev.rollcall.testkit.Crowd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live responses on real sockets. */
@Timeout(300)
class LiveStreamTest {
    private static final String REQUEST = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long QUEUE_BYTES_MAX = 256 << 10;

    private final BlockingQueue<LiveStream> streams = new LinkedBlockingQueue<>();
    private HttpHost host;

    @BeforeEach
    void start() throws IOException {
        // thousands arrive at the same moment, which is not what this tests
        host = HttpHost.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new ServerLimits(1 << 20, 64, 10_000));
        host.start(Routes.NONE
                .get("/live", request -> Response.live("text/plain", QUEUE_BYTES_MAX, streams::add))
                .get("/whole", request -> Response.text(200, "text/plain", "whole")));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givenALiveAnswer_whenNothingWasOfferedYet_thenTheHeadIsThereAlready() throws Exception {
        try (var socket = connected()) {
            var head = socket.head();

            assertThat(head).startsWith("HTTP/1.1 200").contains("text/plain").containsIgnoringCase("chunked");
        }
    }

    @Test
    void givenALiveAnswer_whenChunksAreOffered_thenEachComesAtOnceAndInOrder() throws Exception {
        try (var socket = connected()) {
            socket.head();
            var stream = next();

            for (var i = 0; i < 100; i++) {
                assertThat(stream.offer(("line " + i + "\n").getBytes(UTF_8))).isTrue();
                assertThat(socket.line()).isEqualTo("line " + i);
            }
            for (var i = 0; i < 1_000; i++) {
                stream.offer(("line " + i + "\n").getBytes(UTF_8));
            }
            for (var i = 0; i < 1_000; i++) {
                assertThat(socket.line()).isEqualTo("line " + i);
            }
        }
    }

    @Test
    void givenAChunkLargerThanTheQueue_whenItIsOffered_thenItComesWhole() throws Exception {
        try (var socket = connected()) {
            socket.head();

            next().offer(("x".repeat(3_000_000) + "\n").getBytes(UTF_8));

            assertThat(socket.line()).hasSize(3_000_000);
        }
    }

    @Test
    void givenALiveAnswer_whenThisSideCloses_thenTheAnswerEndsAndTheConnectionServesOn() throws Exception {
        try (var socket = connected()) {
            socket.head();
            var stream = next();

            stream.offer("last\n".getBytes(UTF_8));
            stream.close();

            assertThat(socket.line()).isEqualTo("last");
            assertThat(endOf(stream)).isEqualTo(End.CLOSED);
            assertThat(stream.offer(new byte[1])).isFalse();
            socket.send("GET /whole HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(socket.rest()).contains("0\r\n\r\nHTTP/1.1 200").endsWith("whole");
        }
    }

    @Test
    void givenALiveAnswer_whenTheOtherSideCloses_thenALaterOfferFindsOut() throws Exception {
        var socket = connected();
        socket.head();
        var stream = next();
        socket.close();

        var end = new CompletableFuture<End>();
        stream.onClosed(end::complete);
        while (stream.offer("are you there?\n".getBytes(UTF_8))) {
            end.completeOnTimeout(End.CLOSED, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            Thread.onSpinWait();
        }

        // the queue may be full before the connection's reset is seen
        assertThat(end.get()).isIn(End.GONE, End.SLOW);
    }

    @Test
    void givenAHeadRequest_whenItIsSent_thenThereIsAHeadAndNoStream() throws Exception {
        try (var socket = new Client(host.port())) {
            socket.send("HEAD /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(socket.rest()).startsWith("HTTP/1.1 200");
            assertThat(streams).isEmpty();
        }
    }

    @Test
    void givenReadersThatNeverRead_whenMuchIsSent_thenTheyAreDroppedAndTheOthersGetEverything() throws Exception {
        var stuck = new ArrayList<SocketChannel>();
        for (var i = 0; i < 40; i++) {
            stuck.add(neverReading());
        }
        var stuckStreams = new ArrayList<LiveStream>();
        for (var i = 0; i < 40; i++) {
            stuckStreams.add(next());
        }
        try (var reader = connected()) {
            reader.head();
            var stream = next();
            var chunk = ("x".repeat(9_999) + "\n").getBytes(UTF_8);

            // until none accepts any more, while the client reads in between; each of its lines comes within the limit
            var rounds = 0;
            while (stuckStreams.removeIf(s -> !s.offer(chunk)) || !stuckStreams.isEmpty()) {
                var start = System.nanoTime();
                stream.offer(("round " + rounds + "\n").getBytes(UTF_8));
                assertThat(reader.line()).isEqualTo("round " + rounds);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
                rounds++;
            }

            assertThat(rounds).isGreaterThan(20);
            assertThat(answerTo("/whole")).endsWith("whole");
        } finally {
            for (var channel : stuck) {
                channel.close();
            }
        }
    }

    @Test
    void givenAReaderThatNeverReads_whenAWriteIsStuckAndNothingMoreIsOffered_thenItIsEndedAfterAWhile()
            throws Exception {
        try (var stuck = neverReading()) {
            var stream = next();

            stream.offer(new byte[32 << 20]);

            assertThat(stuck.isOpen()).isTrue();
            assertThat(endOf(stream)).isEqualTo(End.SLOW);
        }
    }

    @Test
    void givenLiveAnswers_whenTheServerDrains_thenTheyEndInGoodOrderAndNobodyIsWaitedFor() throws Exception {
        try (var socket = new Client(host.port())) {
            socket.send(REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            socket.head();
            var taken = next();
            try (var stuck = neverReading()) {
                var untaken = next();
                taken.offer(new byte[1 << 20]);
                untaken.offer(new byte[32 << 20]);
                var reading = CompletableFuture.supplyAsync(socket::restUnchecked);

                var start = System.nanoTime();
                var isDrained = host.drain(Duration.ofMinutes(1));

                assertThat(isDrained).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
                assertThat(reading.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).endsWith("\r\n0\r\n\r\n");
                assertThat(endOf(taken)).isEqualTo(End.STOPPING);
                assertThat(endOf(untaken)).isEqualTo(End.STOPPING);
                assertThat(stuck.isOpen()).isTrue();
            }
        }
    }

    @Test
    void givenLiveAnswers_whenTheServerIsClosed_thenTheirEndIsTold() throws Exception {
        try (var socket = connected()) {
            socket.head();
            var stream = next();

            host.close();

            assertThat(endOf(stream)).isEqualTo(End.STOPPING);
            assertThat(stream.offer(new byte[1])).isFalse();
        }
    }

    @Test
    void givenFiveThousandStreams_whenAllAreParkedAndToldOnce_thenAllHearItOnFewThreads() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getThreadCount();
        try (var crowd = Crowd.of(5_000, host.port(), REQUEST)) {
            var all = new ArrayList<LiveStream>();
            for (var i = 0; i < 5_000; i++) {
                all.add(next());
            }
            crowd.expect("the news");
            threads.resetPeakThreadCount();

            all.forEach(stream -> stream.offer("the news\n".getBytes(UTF_8)));
            var missing = crowd.missing(LIMIT);

            assertThat(missing).isZero();
            assertThat(threads.getPeakThreadCount()).isLessThan(before + 64 + 16 + 20);
            assertThat(host.stats().inFlight()).isZero();
        }
    }

    private LiveStream next() throws InterruptedException {
        return streams.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static End endOf(LiveStream stream) throws Exception {
        var end = new CompletableFuture<End>();
        stream.onClosed(end::complete);
        return end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private Client connected() throws IOException {
        var client = new Client(host.port());
        client.send(REQUEST);
        return client;
    }

    private String answerTo(String path) throws IOException {
        try (var client = new Client(host.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            return client.rest();
        }
    }

    private SocketChannel neverReading() throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port()));
        channel.write(ByteBuffer.wrap(REQUEST.getBytes(UTF_8)));
        return channel;
    }

    /** Reads a response in chunks, each of which begins with a line of its size. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;
        private final StringBuilder decoded = new StringBuilder();

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) LIMIT.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        String head() throws IOException {
            var head = new StringBuilder();
            for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }

        String line() throws IOException {
            while (decoded.indexOf("\n") < 0) {
                var size = Integer.parseInt(in.readLine(), 16);
                for (var i = 0; i < size; i++) {
                    decoded.append((char) in.read());
                }
                in.readLine();
            }
            var line = decoded.substring(0, decoded.indexOf("\n"));
            decoded.delete(0, line.length() + 1);
            return line;
        }

        String rest() throws IOException {
            var text = new StringBuilder();
            for (var c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
            }
            return text.toString();
        }

        String restUnchecked() {
            try {
                return rest();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

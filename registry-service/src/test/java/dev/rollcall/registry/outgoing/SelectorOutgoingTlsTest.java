package dev.rollcall.registry.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rollcall.http.client.HostAddresses;
import dev.rollcall.registry.Certificate;
import dev.rollcall.registry.outgoing.Outgoing.Payload;
import dev.rollcall.registry.outgoing.Outgoing.Request;
import dev.rollcall.registry.outgoing.Outgoing.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sender over TLS, with real servers: the JDK's, and plain sockets where a server must misbehave. */
class SelectorOutgoingTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] EMPTY_ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Result ANSWERED = new Result.Responded(200, Optional.empty(), Optional.empty(), false);

    @TempDir
    private static Path directory;

    private static Certificate certificate;
    private static Certificate ofSomebodyElse;

    private final BlockingQueue<String> closedByPeer = new LinkedBlockingQueue<>();
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger received = new AtomicInteger();
    private final ExecutorService servers = Executors.newCachedThreadPool();
    private SelectorOutgoing outgoing;

    @BeforeAll
    static void generate() throws Exception {
        certificate = Certificate.generate(directory, "dns:localhost");
        ofSomebodyElse = Certificate.generate(directory, "dns:localhost");
    }

    @BeforeEach
    void start() throws IOException {
        outgoing = new SelectorOutgoing(closedByPeer::add, certificate::client, new HostAddresses());
        outgoing.start();
    }

    @AfterEach
    void stop() {
        outgoing.close();
        servers.shutdownNow();
    }

    @Test
    void givenOneKeptConnection_whenAThousandRequestsAreSent_thenAllUseIt() throws Exception {
        var server = httpsServer(certificate);
        try {
            for (var i = 0; i < 1_000; i++) {
                assertThat(send(get(at(server)), LIMIT).get()).isEqualTo(ANSWERED);
            }

            assertThat(callers).hasSize(1);
            assertThat(closedByPeer).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenAPostOfMegabytes_whenItIsSent_thenAllOfItArrives() throws Exception {
        var server = httpsServer(certificate);
        try {
            var request = new Request("POST", at(server), Payload.of(Map.of(), new byte[3_000_000]));

            assertThat(send(request, LIMIT).get()).isEqualTo(ANSWERED);

            assertThat(received).hasValue(3_000_000);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenManyServers_whenAllGetRequestsAtOnce_thenAllRespond() throws Exception {
        var all = new ArrayList<HttpsServer>();
        try {
            for (var i = 0; i < 20; i++) {
                all.add(httpsServer(certificate));
            }
            var outcomes = new ArrayList<CompletableFuture<Result>>();
            for (var i = 0; i < 100; i++) {
                outcomes.add(send(get(at(all.get(i % all.size()))), LIMIT));
            }

            for (var outcome : outcomes) {
                assertThat(outcome.get()).isEqualTo(ANSWERED);
            }
        } finally {
            all.forEach(server -> server.stop(0));
        }
    }

    @Test
    void givenAnUntrustedCertificate_whenARequestIsSent_thenItIsRefusedAndNothingWasSent() throws Exception {
        var server = httpsServer(ofSomebodyElse);
        try {
            var result = send(get(at(server)), LIMIT).get();

            assertThat(result)
                    .isInstanceOfSatisfying(
                            Result.Refused.class,
                            refused -> assertThat(refused.reason()).contains("PKIX"));
            assertThat(callers).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenACertificateForAnotherName_whenARequestIsSent_thenItIsRefusedUnsent() throws Exception {
        var server = httpsServer(certificate);
        try {
            var byAddress =
                    URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            var result = send(get(byAddress), LIMIT).get();

            assertThat(result)
                    .isInstanceOfSatisfying(
                            Result.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("No subject alternative names matching IP address 127.0.0.1"));
            assertThat(callers).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenNoTrustAtAll_whenARequestIsSent_thenItIsRefusedWithTheReason() throws Exception {
        try (var untrusting = new SelectorOutgoing(
                        closedByPeer::add,
                        () -> {
                            throw new IOException("no such trust store");
                        },
                        new HostAddresses());
                var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            untrusting.start();
            var outcome = new CompletableFuture<Result>();

            untrusting.send(get(at(silent)), LIMIT, outcome::complete);

            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Result.Refused("no such trust store"));
        }
    }

    @Test
    void givenAServerThatNeverShakesHands_whenTheTimeIsUp_thenItTimesOutAndOthersAreNotDelayed() throws Exception {
        var server = httpsServer(certificate);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var stuck = new ArrayList<CompletableFuture<Result>>();
            for (var i = 0; i < 8; i++) {
                stuck.add(send(get(at(silent)), Duration.ofMillis(300)));
            }

            var other = send(get(at(server)), LIMIT).get();

            assertThat(other).isEqualTo(ANSWERED);
            for (var outcome : stuck) {
                assertThat(outcome.get()).isEqualTo(new Result.TimedOut());
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenAServerThatHangsUpWithinTheHandshake_whenARequestIsSent_thenItIsRefused() throws Exception {
        try (var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(at(rude)), LIMIT);
            try (var accepted = rude.accept()) {
                assertThat(accepted.getInputStream().readNBytes(50)).hasSize(50);
            }

            assertThat(outcome.get()).isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void givenAServerWithoutTls_whenARequestIsSent_thenItIsRefused() throws Exception {
        try (var plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(at(plain)), LIMIT);
            try (var accepted = plain.accept()) {
                accepted.getOutputStream().write(EMPTY_ANSWER);

                assertThat(outcome.get()).isInstanceOf(Result.Refused.class);
            }
        }
    }

    @Test
    void givenAKeptConnection_whenTheServerStops_thenThatIsReportedAtOnce() throws Exception {
        var server = httpsServer(certificate);
        send(get(at(server)), LIMIT).get();

        server.stop(0);

        assertThat(closedByPeer.poll(30, TimeUnit.SECONDS)).isEqualTo(OutgoingOrigin.nameOf(at(server)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void givenAKeptConnection_whenOnlyACloseNotifyComes_thenThatIsReportedAtOnce(String protocol) throws Exception {
        try (var server = socket(protocol)) {
            var outcome = send(get(at(server)), LIMIT);
            try (var accepted = accept(server)) {
                accepted.getOutputStream().write(EMPTY_ANSWER);
                outcome.get();

                // close_notify; the socket beneath stays open until the test's end
                accepted.shutdownOutput();

                assertThat(closedByPeer.poll(30, TimeUnit.SECONDS)).isEqualTo(OutgoingOrigin.nameOf(at(server)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void givenAServerThatDies_whenNoCloseNotifyComes_thenBrokenAndTheIdleConnectionReported(String protocol)
            throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var first = send(get(at(server)), LIMIT);
            var beneath = server.accept();
            var accepted = over(beneath, protocol);
            readRequest(accepted.getInputStream());
            accepted.getOutputStream().write(EMPTY_ANSWER);
            assertThat(first.get()).isEqualTo(ANSWERED);
            var second = send(get(at(server)), LIMIT);
            readRequest(accepted.getInputStream());

            beneath.close();

            assertThat(second.get()).isInstanceOf(Result.Broken.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void givenAServerThatSendsByteByByte_whenARequestIsSent_thenItsResponseIsRead(String protocol) throws Exception {
        try (var server = socket(protocol)) {
            var outcome = send(get(at(server)), LIMIT);
            try (var accepted = accept(server)) {
                for (var one : EMPTY_ANSWER) {
                    accepted.getOutputStream().write(one);
                }

                assertThat(outcome.get()).isEqualTo(ANSWERED);
            }
        }
    }

    @Test
    void givenAServerThatUpdatesKeys_whenAnotherRequestIsSent_thenBothUseThem() throws Exception {
        try (var server = socket("TLSv1.3")) {
            var first = send(get(at(server)), LIMIT);
            try (var accepted = accept(server)) {
                accepted.getOutputStream().write(EMPTY_ANSWER);
                first.get();
                accepted.startHandshake();

                for (var i = 0; i < 3; i++) {
                    var next = send(get(at(server)), LIMIT);
                    readRequest(accepted.getInputStream());
                    accepted.getOutputStream().write(EMPTY_ANSWER);
                    assertThat(next.get()).isEqualTo(ANSWERED);
                }
            }
        }
    }

    @Test
    void givenAServerThatRenegotiates_whenItRequestsThat_thenTheConnectionIsClosed() throws Exception {
        try (var server = socket("TLSv1.2")) {
            var outcome = send(get(at(server)), LIMIT);
            try (var accepted = accept(server)) {
                accepted.getOutputStream().write(EMPTY_ANSWER);
                outcome.get();

                accepted.startHandshake();

                assertThat(closedByPeer.poll(30, TimeUnit.SECONDS)).isEqualTo(OutgoingOrigin.nameOf(at(server)));
            }
        }
    }

    private HttpsServer httpsServer(Certificate of) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(of.server()));
        server.setExecutor(servers);
        server.createContext("/", exchange -> {
            callers.add(exchange.getRemoteAddress());
            received.addAndGet(exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static SSLServerSocket socket(String protocol) throws Exception {
        var server = (SSLServerSocket) certificate
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {protocol});
        return server;
    }

    private static SSLSocket accept(SSLServerSocket server) throws IOException {
        var socket = (SSLSocket) server.accept();
        readRequest(socket.getInputStream());
        return socket;
    }

    private static SSLSocket over(Socket accepted, String protocol) throws Exception {
        SSLContext context = certificate.server();
        var socket =
                (SSLSocket) context.getSocketFactory().createSocket(accepted, InputStream.nullInputStream(), false);
        socket.setUseClientMode(false);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static void readRequest(InputStream in) throws IOException {
        var last = 0;
        while (last != 0x0d0a0d0a) {
            var next = in.read();
            assertThat(next).isNotNegative();
            last = last << 8 | next;
        }
    }

    private CompletableFuture<Result> send(Request request, Duration limit) {
        var outcome = new CompletableFuture<Result>();
        outgoing.send(request, limit, outcome::complete);
        return outcome.orTimeout(60, TimeUnit.SECONDS);
    }

    private static Request get(URI uri) {
        return new Request("GET", uri, Payload.of(Map.of()));
    }

    private static URI at(HttpsServer server) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/heartbeat");
    }

    private static URI at(ServerSocket server) {
        return URI.create("https://localhost:" + server.getLocalPort() + "/heartbeat");
    }
}

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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** https requests to real servers: the JDK's, and sockets where a server has to misbehave. */
@Timeout(60)
class HttpsOutgoingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] EMPTY_ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Result ANSWERED = new Result.Responded(200, Optional.empty(), Optional.empty(), false);

    @TempDir
    private static Path directory;

    private static Certificate certificate;
    private static Certificate ofSomebodyElse;

    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService servers = Executors.newCachedThreadPool();
    private HttpsOutgoing outgoing;

    @BeforeAll
    static void generate() throws Exception {
        certificate = Certificate.generate(directory, "dns:localhost");
        ofSomebodyElse = Certificate.generate(directory, "dns:localhost");
    }

    @BeforeEach
    void start() throws IOException {
        outgoing = over(certificate::client);
    }

    @AfterEach
    void stop() {
        outgoing.close();
        servers.shutdownNow();
    }

    @Test
    void givenKeptConnections_whenTheyCarryAThousandRequests_thenAllAreAnswered() throws Exception {
        var server = httpsServer(certificate);
        try {
            for (var i = 0; i < 1_000; i++) {
                assertThat(send(get(at(server)), LIMIT).get()).isEqualTo(ANSWERED);
            }

            assertThat(callers).hasSizeLessThan(100);
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
    void givenManyServers_whenAllAreAskedAtOnce_thenAllAreAnswered() throws Exception {
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
    void givenACertificateThatNobodyTrusts_whenItIsAsked_thenItIsRefusedAndNothingWasSent() throws Exception {
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
    void givenACertificateForAnotherName_whenItIsAsked_thenItIsRefusedAndNothingWasSent() throws Exception {
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
    void givenNoTrustAtAll_whenAServerIsAsked_thenItIsRefusedAndSaysWhy() throws Exception {
        try (var untrusting = over(() -> {
                    throw new IOException("no such trust store");
                });
                var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = new CompletableFuture<Result>();

            untrusting.send(get(at(silent)), LIMIT, outcome::complete);

            assertThat(outcome.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Result.Refused.class,
                            refused -> assertThat(refused.reason()).contains("no such trust store"));
        }
    }

    @Test
    void givenAServerThatNeverShakesHands_whenItsTimeIsUp_thenThatIsToldAndOthersAreNotHindered() throws Exception {
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
    @SuppressWarnings("try") // closed before the end, on purpose
    void givenAServerThatHangsUpWithinTheHandshake_whenItIsAsked_thenItIsRefused() throws Exception {
        try (var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(at(rude)), LIMIT);
            try (var accepted = rude.accept()) {
                assertThat(accepted.getInputStream().readNBytes(50)).hasSize(50);
                // the JDK's client tries again
                rude.close();
            }

            assertThat(outcome.get()).isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void givenAServerThatSpeaksNoTls_whenItIsAsked_thenTheRequestIsBroken() throws Exception {
        try (var plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(get(at(plain)), LIMIT);
            try (var accepted = plain.accept()) {
                accepted.getOutputStream().write(EMPTY_ANSWER);

                assertThat(outcome.get()).isInstanceOf(Result.Broken.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void givenAServerThatDies_whenItHasReadTheRequest_thenTheRequestIsBroken(String protocol) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outcome = send(post(at(server)), LIMIT);
            var beneath = server.accept();
            readRequest(over(beneath, protocol).getInputStream());

            beneath.close();

            assertThat(outcome.get()).isInstanceOf(Result.Broken.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void givenAServerThatSendsByteByByte_whenItIsAsked_thenItsAnswerIsRead(String protocol) throws Exception {
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
    void givenNoServer_whenARequestIsSent_thenItIsRefused() throws Exception {
        int port;
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        var result =
                send(get(URI.create("https://localhost:" + port + "/")), LIMIT).get();

        assertThat(result).isInstanceOf(Result.Refused.class);
    }

    @Test
    void givenAnUnknownHost_whenARequestIsSent_thenItIsUnreachable() throws Exception {
        var result = send(get(URI.create("https://nobody.invalid:1/")), LIMIT).get();

        assertThat(result).isInstanceOf(Result.Unreachable.class);
    }

    @Test
    void givenANetworkThatCannotBeReached_whenARequestIsSent_thenTheInstanceIsNotTakenForGone() throws Exception {
        var result = send(get(URI.create("https://255.255.255.255:1/")), LIMIT).get();

        assertThat(result).isInstanceOf(Result.Unreachable.class);
    }

    @Test
    void givenATrustThatTakesTooLong_whenItIsThere_thenTheExpiredRequestIsNotSent() throws Exception {
        var server = httpsServer(certificate);
        var isLoaded = new CountDownLatch(1);
        try (var slow = over(() -> {
            isLoaded.await();
            return certificate.client();
        })) {
            var expired = new CompletableFuture<Result>();
            var next = new CompletableFuture<Result>();
            slow.send(get(at(server)), Duration.ofMillis(1), expired::complete);
            assertThat(expired.get(30, TimeUnit.SECONDS)).isEqualTo(new Result.TimedOut());

            isLoaded.countDown();
            slow.send(get(at(server)), LIMIT, next::complete);

            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(ANSWERED);
            assertThat(requests).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void givenABodyWithoutEnd_whenItsHeadIsThere_thenTheRequestIsAnswered() throws Exception {
        try (var server = socket("TLSv1.3")) {
            var outcome = send(get(at(server)), LIMIT);
            try (var accepted = accept(server)) {
                accepted.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nRegistry-View: e 7\r\nContent-Length: 1000000\r\n\r\nx"
                                .getBytes(StandardCharsets.US_ASCII));

                assertThat(outcome.get())
                        .isEqualTo(new Result.Responded(200, Optional.empty(), Optional.of("e 7"), false));
            }
        }
    }

    private static HttpsOutgoing over(Callable<SSLContext> trust) throws IOException {
        var others = new SelectorOutgoing(origin -> {}, new HostAddresses());
        others.start();
        return new HttpsOutgoing(others, trust);
    }

    private HttpsServer httpsServer(Certificate of) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(of.server()));
        server.setExecutor(servers);
        server.createContext("/", exchange -> {
            callers.add(exchange.getRemoteAddress());
            requests.incrementAndGet();
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
        return outcome.orTimeout(40, TimeUnit.SECONDS);
    }

    private static Request get(URI uri) {
        return new Request("GET", uri, Payload.of(Map.of()));
    }

    private static Request post(URI uri) {
        return new Request("POST", uri, Payload.of(Map.of(), new byte[] {1}));
    }

    private static URI at(HttpsServer server) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/heartbeat");
    }

    private static URI at(ServerSocket server) {
        return URI.create("https://localhost:" + server.getLocalPort() + "/heartbeat");
    }
}

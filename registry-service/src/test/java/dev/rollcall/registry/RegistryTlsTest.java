package dev.rollcall.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's process and a service with https URLs, trusted by the JVM's settings. */
class RegistryTlsTest {
    private static final long SECONDS = 30;
    private static final String FIRST = "POST {\"Added\":[],\"Removed\":[]}";
    private static final String ADDED =
            "POST {\"Added\":[{\"Name\":\"GradingService\",\"URL\":\"%s\"}],\"Removed\":[]}";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private HttpsServer service;
    private Process registry;
    private BufferedReader output;

    @BeforeEach
    void start() throws Exception {
        var certificate = Certificate.generate(directory, "dns:localhost");
        service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        service.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        service.createContext("/", this::answer);
        service.start();
        registry = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore=" + certificate.trustStore(directory.resolve("trust.p12")),
                        "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD,
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryService.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .start();
        output = registry.inputReader(StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() throws Exception {
        registry.destroyForcibly();
        registry.waitFor(SECONDS, TimeUnit.SECONDS);
        service.stop(0);
    }

    @Test
    void givenAServiceWithHttpsUrls_whenItRegisters_thenItIsProbedAndNotified() throws Exception {
        var url = "https://localhost:" + service.getAddress().getPort();
        var registration = """
                {"ServiceName":"GradingService","ServiceURL":"%s","RequiredServices":["GradingService"],\
                "ServiceUpdateURL":"%s/services","HeartbeatURL":"%s/heartbeat"}""".formatted(url, url, url);

        var answer = client.send(
                HttpRequest.newBuilder(registryUrl())
                        .POST(BodyPublishers.ofString(registration))
                        .build(),
                BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(200);
        var all = new ArrayList<String>();
        while (!all.contains("GET ") || !all.contains(ADDED.formatted(url))) {
            all.add(hear());
        }
        // the first patch is repeated if its response took too long, and the probe whenever it is due
        all.removeIf("GET "::equals);
        assertThat(all.subList(0, all.size() - 1)).isNotEmpty().containsOnly(FIRST);
        assertThat(all).last().isEqualTo(ADDED.formatted(url));
    }

    private String hear() throws InterruptedException {
        var next = heard.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("the next request").isNotNull();
        return next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(exchange.getRequestMethod() + " " + body);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private URI registryUrl() throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var url = line.indexOf("http://");
            if (url >= 0 && line.contains("listens on")) {
                return URI.create(line.substring(url).strip() + "/services");
            }
        }
        throw new IOException("the registry ended");
    }
}

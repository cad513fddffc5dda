package dev.rollcall.benchmarks;

import dev.rollcall.wire.Json;
import dev.rollcall.wire.Registration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** The real registry's jar as a process, with default settings, a free port and a data directory of its own. */
final class RegistryProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final Pattern LISTENS = Pattern.compile("listens on http://localhost:(\\d+)");
    private static final int REGISTRARS = 8;

    private final RegistryJar jar;
    private final Scratch scratch;
    private final HttpClient http = HttpClient.newHttpClient();
    private Child child;
    private int port;

    private RegistryProcess(RegistryJar jar, Scratch scratch, Child child) {
        this.jar = jar;
        this.scratch = scratch;
        this.child = child;
    }

    static RegistryProcess start(RegistryJar jar) throws IOException, InterruptedException {
        var scratch = Scratch.of("registry");
        var registry = new RegistryProcess(jar, scratch, jar.start(scratch, 0));
        try {
            registry.awaitPort();
            return registry;
        } catch (IOException | InterruptedException e) {
            registry.close();
            throw e;
        }
    }

    /** Starts it again on the same port and data after {@link #kill}; it may not listen yet. */
    void startAgain() throws IOException {
        child.close();
        child = jar.start(scratch, port);
    }

    /** Sends SIGKILL. */
    void kill() {
        child.kill();
    }

    void signal(String name) throws IOException, InterruptedException {
        child.signal(name);
    }

    int port() {
        return port;
    }

    long pid() {
        return child.pid();
    }

    /** Opens a connection to it. */
    KeptConnection connect() throws IOException {
        return KeptConnection.to(port);
    }

    void register(Registration registration) throws IOException {
        try (var connection = connect()) {
            connection.call("POST", Json.bytes(registration));
        }
    }

    void deregister(Registration registration) throws IOException {
        try (var connection = connect()) {
            connection.call("DELETE", registration.url().value().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Registers all, several at a time. */
    void registerAll(List<Registration> registrations) throws IOException {
        callAll("POST", registrations.stream().map(Json::bytes).iterator(), REGISTRARS);
    }

    /**
     * Sends all bodies to {@code /services}, over so many kept connections with one request in flight on each; throws
     * unless all responses are 200.
     */
    void callAll(String method, Iterator<byte[]> bodies, int connections) throws IOException {
        if (connections > 1) {
            try (var several = KeptConnections.to(port, connections)) {
                several.callAll(method, bodies);
            }
            return;
        }
        try (var connection = connect()) {
            while (bodies.hasNext()) {
                connection.call(method, bodies.next());
            }
        }
    }

    /** Returns the response to a GET. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(REQUEST_LIMIT)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Returns how many instances of one health are on its roll; of any health if that is empty. */
    int count(String health) throws IOException, InterruptedException {
        var response = get("/services" + (health.isEmpty() ? "" : "?health=" + health));
        if (response.statusCode() != 200) {
            throw new IOException("the registry responds with " + response.statusCode() + " to GET /services");
        }
        return response.body().split("\"ServiceURL\"", -1).length - 1;
    }

    /** Waits until so many are passing; returns {@code false} after the limit. */
    boolean awaitPassing(int wanted, Duration limit) throws IOException, InterruptedException {
        var until = System.nanoTime() + limit.toNanos();
        while (count("passing") < wanted) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            Pause.millis(100);
        }
        return true;
    }

    @Override
    public void close() {
        stop();
        scratch.close();
    }

    /**
     * Kills it. Stops it with SIGTERM first if {@code --jvm} may have started a recording, which may take seconds to
     * write.
     */
    private void stop() {
        try (var ending = child) {
            if (!jar.jvmOptions().isEmpty() && !ending.stop()) {
                System.err.println("  the registry did not stop on SIGTERM and is killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        port = Integer.parseInt(child.awaitLine(LISTENS, START_LIMIT).group(1));
    }

    /** The jar to start. */
    record RegistryJar(Path path, List<String> jvmOptions) {
        RegistryJar {
            jvmOptions = List.copyOf(jvmOptions);
        }

        private Child start(Scratch scratch, int port) throws IOException {
            var arguments = new ArrayList<>(jvmOptions);
            arguments.addAll(List.of("-jar", path.toString(), "--port", Integer.toString(port)));
            arguments.addAll(List.of("--data", scratch.resolve("data").toString()));
            return Child.start(scratch.resolve("output.txt"), arguments);
        }
    }
}

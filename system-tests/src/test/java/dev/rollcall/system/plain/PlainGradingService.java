package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import dev.rollcall.system.testkit.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A plain grading service with one student. Registers once, and listens only after that. Stopped by Enter it
 * deregisters, twice; on a signal it vanishes.
 */
public final class PlainGradingService implements AutoCloseable {
    private final int port = Ports.free();
    private final List<String> grades =
            new CopyOnWriteArrayList<>(List.of("{\"Title\":\"Quiz 1\",\"Type\":\"Quiz\",\"Score\":85}"));
    private final PlainRegistration registration =
            PlainRegistration.of("GradingService", "http://localhost:" + port, "LogService");
    private final CompletableFuture<RawServer> server = new CompletableFuture<>();

    /** Creates a service that neither listens nor is registered. */
    public PlainGradingService() {}

    /** Returns its registration. */
    public PlainRegistration registration() {
        return registration;
    }

    /** Registers, waits for the registry's response, and begins to listen after a delay; returns the response. */
    public Reply start(String registryUrl, Duration lateBy) throws IOException, InterruptedException {
        var later = CompletableFuture.delayedExecutor(lateBy.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> server.complete(RawServer.on(port, this::handle)));
        return registration.sendTo(registryUrl);
    }

    /** Stops as by Enter: deregisters twice, and cuts requests in flight; returns the registry's responses. */
    public List<Reply> pressEnter(String registryUrl) throws IOException, InterruptedException {
        var first = registration.deregisterFrom(registryUrl);
        var second = registration.deregisterFrom(registryUrl);
        vanish();
        return List.of(first, second);
    }

    /** Ends as by a signal: without deregistering. */
    public void vanish() {
        server.join().close();
    }

    @Override
    public void close() {
        if (server.isDone()) {
            vanish();
        }
    }

    private Act handle(RawRequest request) {
        // Go's mux matches the path without its query
        return switch (request.path().replaceFirst("\\?.*", "")) {
            case "/services", "/heartbeat" -> Act.OK;
            case "/students" -> Act.Answer.json(200, "[" + student() + "]");
            case "/students/1" -> Act.Answer.json(200, student());
            case "/students/1/grades" -> {
                grades.add(request.body());
                yield Act.Answer.json(201, request.body());
            }
            default -> Act.Answer.of(404);
        };
    }

    private String student() {
        return "{\"ID\":1,\"FirstName\":\"Gopher\",\"LastName\":\"Plain\",\"Grades\":[" + String.join(",", grades)
                + "]}";
    }
}

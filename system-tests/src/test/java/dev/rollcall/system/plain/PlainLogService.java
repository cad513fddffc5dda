package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain log service: stores texts, supports no batches and acknowledgements, serves nothing. */
public final class PlainLogService implements AutoCloseable {
    private final RawServer server;
    private final Act stored;
    private final List<RawRequest> posts = new CopyOnWriteArrayList<>();

    private PlainLogService(Act stored) {
        this.stored = stored;
        this.server = RawServer.on(Ports.free(), this::handle);
    }

    /** Starts a service that responds correctly. */
    public static PlainLogService listening() {
        return new PlainLogService(Act.OK);
    }

    /** Starts a service that responds with a body where none belongs. */
    public static PlainLogService answeringWithBodies() {
        return new PlainLogService(new Act.Answer(200, "text/html", "<p>stored</p>\n"));
    }

    /** Returns its registration. */
    public PlainRegistration registration() {
        return PlainRegistration.of("LogService", server.url());
    }

    /** Returns all posts in order. */
    public List<RawRequest> posts() {
        return List.copyOf(posts);
    }

    /** Returns the posted texts in order. */
    public List<String> texts() {
        return posts.stream().map(RawRequest::body).toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private Act handle(RawRequest request) {
        return switch (request.path()) {
            case "/log" -> log(request);
            case "/services", "/heartbeat" -> Act.OK;
            default -> Act.Answer.of(404);
        };
    }

    private Act log(RawRequest request) {
        if (!request.method().equals("POST")) {
            return Act.Answer.of(405);
        }
        if (request.body().isEmpty()) {
            return Act.Answer.of(400);
        }
        posts.add(request);
        return stored;
    }
}

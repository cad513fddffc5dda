package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain log service: stores texts, knows nothing of batches and acknowledgements, gives nothing out. */
public final class PlainLogService implements AutoCloseable {
    private final RawServer server;
    private final Act stored;
    private final List<RawRequest> posts = new CopyOnWriteArrayList<>();

    private PlainLogService(Act stored) {
        this.stored = stored;
        this.server = RawServer.on(Ports.free(), this::handle);
    }

    /** One that answers as it should. */
    public static PlainLogService listening() {
        return new PlainLogService(Act.OK);
    }

    /** One that answers with a body where none belongs. */
    public static PlainLogService answeringWithBodies() {
        return new PlainLogService(new Act.Answer(200, "text/html", "<p>stored</p>\n"));
    }

    /** What it registers with. */
    public PlainRegistration registration() {
        return PlainRegistration.of("LogService", server.url());
    }

    /** All that was posted, in its order. */
    public List<RawRequest> posts() {
        return List.copyOf(posts);
    }

    /** The texts that were posted, in their order. */
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

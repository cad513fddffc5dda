package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain service that requires no others, and answers heartbeats as configured. Thread-safe. */
public final class PlainProvider implements AutoCloseable {
    private final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    private final RawServer server;
    private final PlainRegistration registration;
    private volatile Act act = Act.OK;

    private PlainProvider(String name) {
        this.server = RawServer.on(Ports.free(), this::handle);
        this.registration = new PlainRegistration(name, server.url(), List.of(), "", server.url() + "/heartbeat");
    }

    /** Starts a service that listens, is healthy and is not registered. */
    public static PlainProvider listening(String name) {
        return new PlainProvider(name);
    }

    /** Sets how heartbeats are answered from now on. */
    public void answersHeartbeats(Act next) {
        act = next;
    }

    /** Returns its registration. */
    public PlainRegistration registration() {
        return registration;
    }

    /** Returns its entry in a dependant's view. */
    public PlainPatch.Entry entry() {
        return new PlainPatch.Entry(registration.name(), registration.url());
    }

    /** Returns the received heartbeats in order. */
    public List<Heartbeat> heartbeats() {
        return List.copyOf(heartbeats);
    }

    @Override
    public void close() {
        server.close();
    }

    private Act handle(RawRequest request) {
        if (!request.is("GET", "/heartbeat")) {
            return Act.Answer.of(404);
        }
        var answer = act;
        heartbeats.add(new Heartbeat(System.nanoTime(), answer));
        return answer;
    }

    /** The time of a heartbeat, as {@link System#nanoTime}, and how it was answered. */
    public record Heartbeat(long nanos, Act answer) {}
}

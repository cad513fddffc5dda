package dev.rollcall.system.plain;

import dev.rollcall.system.testkit.Act;
import dev.rollcall.system.testkit.Http;
import dev.rollcall.system.testkit.Ports;
import dev.rollcall.system.testkit.RawRequest;
import dev.rollcall.system.testkit.RawServer;
import dev.rollcall.wire.MalformedJsonException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A plain registry: appends each registration, evicts at the first missed heartbeat, keeps nothing beyond its process,
 * and may hang. All patches go through a {@link Delivery} for each dependant.
 */
public final class PlainRegistry implements AutoCloseable {
    private final Supplier<Delivery> habit;
    private final Act taken;
    private final RawServer server;
    private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "plain-registry-heartbeats");
        thread.setDaemon(true);
        return thread;
    });
    private final List<PlainRegistration> registrations = new ArrayList<>();
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private final List<String> history = new ArrayList<>();
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private volatile boolean hangs;
    private int turn;

    private PlainRegistry(Supplier<Delivery> habit, Act taken) {
        this.habit = habit;
        this.taken = taken;
        this.server = RawServer.on(Ports.free(), this::handle);
    }

    private PlainRegistry probing(Runnable probe, Duration pause) {
        heartbeats.scheduleWithFixedDelay(probe, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Starts a registry with this habit of delivery, which sends heartbeats at this interval. */
    public static PlainRegistry telling(Supplier<Delivery> habit, Duration interval) {
        var registry = new PlainRegistry(habit, Act.OK);
        return registry.probing(registry::checkAll, interval);
    }

    /** Starts a registry that delivers in order, and probes one service after another with a pause between. */
    public static PlainRegistry probingInTurn(Duration pause) {
        var registry = new PlainRegistry(Delivery::inOrder, Act.OK);
        return registry.probing(registry::checkNext, pause);
    }

    /** Starts a registry that also responds with a body where none belongs. */
    public static PlainRegistry answeringWithBodies(Supplier<Delivery> habit, Duration interval) {
        var registry = new PlainRegistry(habit, new Act.Answer(200, "text/plain", "registered\n"));
        return registry.probing(registry::checkAll, interval);
    }

    /** Returns its URL. */
    public String url() {
        return server.url();
    }

    /** Accepts connections without ever responding, or responds again. */
    public void hang(boolean whether) {
        hangs = whether;
    }

    /** Loses everything, as on a restart of its process. */
    public synchronized void forget() {
        registrations.clear();
        deliveries.clear();
        history.clear();
    }

    /** Returns the registered services, each as often as it is registered. */
    public synchronized List<PlainRegistration> registrations() {
        return List.copyOf(registrations);
    }

    /** Returns methods and bodies of the requests since it last lost everything. */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    /** Returns how many heartbeats a service has answered. */
    public long heartbeatsAnswered(String url) {
        return answered.getOrDefault(url, 0L);
    }

    /** Notifies all dependants of a service of something, true or not. */
    public synchronized void tell(String service, PlainPatch patch) {
        for (var dependant : registrations) {
            if (dependant.requires().contains(service)) {
                deliver(dependant, patch);
            }
        }
    }

    @Override
    public void close() {
        heartbeats.shutdownNow();
        server.close();
    }

    private Act handle(RawRequest request) throws MalformedJsonException {
        synchronized (this) {
            history.add(request.method() + " " + request.body());
        }
        if (hangs) {
            return new Act.Stall();
        }
        if (!request.path().equals("/services")) {
            return Act.Answer.of(404);
        }
        return switch (request.method()) {
            case "POST" -> register(PlainRegistration.read(request.body()));
            case "DELETE" -> deregister(request.body());
            default -> Act.Answer.of(405);
        };
    }

    /** Sends the newcomer's first patch before the response, and notifies its dependants before that too. */
    private synchronized Act register(PlainRegistration newcomer) {
        registrations.add(newcomer);
        var first = new ArrayList<PlainPatch.Entry>();
        for (var known : registrations) {
            if (newcomer.requires().contains(known.name())) {
                first.add(new PlainPatch.Entry(known.name(), known.url()));
            }
        }
        if (!post(newcomer, new PlainPatch(first, List.of()))) {
            return Act.Answer.of(500);
        }
        tell(newcomer.name(), PlainPatch.added(new PlainPatch.Entry(newcomer.name(), newcomer.url())));
        return taken;
    }

    private synchronized Act deregister(String url) {
        for (var known : registrations) {
            if (known.url().equals(url)) {
                remove(known);
                return taken;
            }
        }
        return Act.Answer.of(500);
    }

    private void remove(PlainRegistration known) {
        registrations.remove(known);
        tell(known.name(), PlainPatch.removed(new PlainPatch.Entry(known.name(), known.url())));
    }

    private void checkAll() {
        if (hangs) {
            return;
        }
        registrations().forEach(this::check);
    }

    private void checkNext() {
        var known = registrations();
        if (!known.isEmpty()) {
            check(known.get(turn++ % known.size()));
        }
    }

    private void check(PlainRegistration known) {
        if (isAlive(known)) {
            answered.merge(known.url(), 1L, Long::sum);
        } else {
            synchronized (this) {
                if (registrations.contains(known)) {
                    remove(known);
                }
            }
        }
    }

    private static boolean isAlive(PlainRegistration known) {
        try {
            return Http.get(known.heartbeatUrl()).status() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void deliver(PlainRegistration dependant, PlainPatch patch) {
        deliveries
                .computeIfAbsent(dependant.url(), url -> habit.get())
                .next(patch)
                .forEach(each -> post(dependant, each));
    }

    private static boolean post(PlainRegistration dependant, PlainPatch patch) {
        try {
            return Http.post(dependant.updateUrl(), "application/json", patch.json())
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
import dev.rollcall.wire.Json;
import dev.rollcall.wire.Provider;
import dev.rollcall.wire.Registration;
import dev.rollcall.wire.RegistryHeaders;
import dev.rollcall.wire.ServiceName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the {@link RegistryCore}: feeds it with what happens and does what it decides. Its methods
 * may be called by any thread.
 */
final class RegistryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryLoop.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final RegistrySettings settings;
    private final RegistryCore core;
    private final Outgoing outgoing;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Long>> tickets = new HashMap<>();
    private final Map<String, HttpUrl> byOrigin = new HashMap<>();
    private final long startNanos = System.nanoTime();
    private final Thread thread = new Thread(this::run, "registry");
    private volatile RollView view;
    private volatile boolean closed;
    private long ticketsGiven;

    RegistryLoop(RegistrySettings settings) throws IOException {
        this.settings = settings;
        this.core = new RegistryCore(
                settings.core(), UUID.randomUUID().toString(), new SplittableRandom(), InstantSource.system());
        this.view = core.view();
        var selector = new SelectorOutgoing(this::peerClosed);
        this.outgoing = selector;
        selector.start();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The whole roll at one revision, as it was after the last change. */
    RollView view() {
        return view;
    }

    /** Identity of this registry's state. */
    String epoch() {
        return core.epoch();
    }

    /** Registers; the revision comes when the first patch is delivered or given up, {@code null} if the roll is full. */
    CompletableFuture<@Nullable Long> register(Registration registration) {
        var answer = new CompletableFuture<@Nullable Long>();
        submit(() -> {
            var ticket = ++ticketsGiven;
            tickets.put(ticket, answer);
            if (!core.register(registration, ticket, now())) {
                tickets.remove(ticket);
                answer.complete(null);
            } else if (registration.heartbeatUrl() != null) {
                byOrigin.put(OutgoingOrigin.nameOf(registration.heartbeatUrl()), registration.url());
            }
        });
        return answer;
    }

    /** Deregisters; whether the instance was on the roll. The answer comes when its dependants know. */
    CompletableFuture<Boolean> deregister(HttpUrl url) {
        var answer = new CompletableFuture<@Nullable Long>();
        submit(() -> {
            var ticket = ++ticketsGiven;
            tickets.put(ticket, answer);
            if (!core.deregister(url, ticket, now())) {
                tickets.remove(ticket);
                answer.complete(null);
            }
        });
        return answer.thenApply(Objects::nonNull);
    }

    /** The providers of a service, as of the last change. */
    List<Provider> providersOf(ServiceName service) {
        return view.entries().stream()
                .filter(e -> e.health().isAnnounced() && e.registration().name().equals(service))
                .map(e -> e.registration().asProvider())
                .toList();
    }

    @Override
    public void close() {
        closed = true;
        submit(() -> {});
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outgoing.close();
    }

    private void submit(Runnable input) {
        inbox.add(input);
    }

    /** Nanoseconds since the start: positive, and comparable by size. */
    private long now() {
        return System.nanoTime() - startNanos;
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the registry failed at one thing and goes on with the next");
            }
        }
    }

    private void turn() throws InterruptedException {
        var wait = core.nextDueNanos() - now();
        var input = inbox.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
        if (input != null) {
            input.run();
        }
        core.tick(now());
        for (var effect : core.effects()) {
            perform(effect);
        }
        if (view.revision() != core.revision()) {
            view = core.view();
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Check check) {
            check(check);
        } else if (effect instanceof Effect.Send send) {
            send(send);
        } else if (effect instanceof Effect.Admit admit) {
            admit(admit);
        } else if (effect instanceof Effect.Tell tell) {
            tell(tell.change());
        }
    }

    private void check(Effect.Check check) {
        var headers = revisionHeaders(core.revision());
        if (!check.instanceId().isEmpty()) {
            headers.put(RegistryHeaders.INSTANCE, check.instanceId());
        }
        var request = new Outgoing.Request("GET", check.heartbeatUrl(), headers, Outgoing.Body.NONE);
        outgoing.send(request, settings.heartbeatLimit(), outcome -> {
            var verdict = Verdict.of(outcome, check.instanceId());
            submit(() -> core.checked(check.instance(), check.attempt(), verdict, now()));
        });
    }

    private void send(Effect.Send send) {
        var letter = send.letter();
        var headers = revisionHeaders(letter.revision());
        headers.put("Content-Type", "application/json");
        headers.put(RegistryHeaders.PREVIOUS_REVISION, Long.toString(letter.previousRevision()));
        if (letter.snapshot()) {
            headers.put(RegistryHeaders.PATCH, RegistryHeaders.SNAPSHOT);
        }
        var request =
                new Outgoing.Request("POST", send.updateUrl(), headers, new Outgoing.Body(Json.bytes(letter.patch())));
        outgoing.send(
                request,
                settings.patchLimit(),
                outcome -> submit(() -> core.sent(send.dependant(), send.attempt(), Verdict.delivery(outcome), now())));
    }

    private Map<String, String> revisionHeaders(long revision) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(RegistryHeaders.EPOCH, core.epoch());
        headers.put(RegistryHeaders.REVISION, Long.toString(revision));
        return headers;
    }

    private void admit(Effect.Admit admit) {
        // whoever is answered that it is registered must find itself on the roll
        view = core.view();
        var answer = tickets.remove(admit.ticket());
        if (answer != null) {
            answer.complete(core.revision());
        }
    }

    private static void tell(Change change) {
        var line = LOG.atInfo()
                .addKeyValue("service", change.entry().registration().name())
                .addKeyValue("url", change.url());
        (change.reason().isEmpty() ? line : line.addKeyValue("reason", change.reason()))
                .log(change.kind().word());
    }

    private void peerClosed(String origin) {
        submit(() -> {
            var url = byOrigin.get(origin);
            if (url != null) {
                core.hint(url, now());
            }
        });
    }
}

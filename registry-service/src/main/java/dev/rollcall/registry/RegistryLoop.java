package dev.rollcall.registry;

import dev.rollcall.wire.HttpUrl;
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
    private static final long VIEW_MILLIS = 5_000;
    private static final long TURN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final int CHECKS_MAX = 512;
    private static final int SENDINGS_MAX = 2_048;
    private static final int INPUTS_A_TURN = 1_000;

    private final RegistrySettings settings;
    private final RegistryCore core;
    private final Outgoing outgoing;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<Long>> tickets = new HashMap<>();
    private final Map<String, HttpUrl> byOrigin = new HashMap<>();
    private final long startNanos = System.nanoTime();
    private final Thread thread = new Thread(this::run, "registry");
    private final Window checks = new Window(CHECKS_MAX);
    private final Window sendings = new Window(SENDINGS_MAX);
    private final PatchWriter patchWriter = new PatchWriter();
    private volatile RollView view;
    private volatile long revision;
    private volatile List<String> doubts = List.of();
    private volatile boolean closed;
    private long ticketsGiven;
    private Mailbox.@Nullable Letter lastLetter;
    private Outgoing.Tail lastTail = Outgoing.Tail.of(Map.of());

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

    /**
     * The whole roll at one revision, no older than the last answer that this registry gave. Made when somebody asks, at
     * most once a revision.
     */
    RollView view() {
        var last = view;
        if (last.revision() == revision) {
            return last;
        }
        if (Thread.currentThread().equals(thread)) {
            return refreshed();
        }
        var answer = new CompletableFuture<RollView>();
        submit(() -> answer.complete(refreshed()));
        return answer.completeOnTimeout(last, VIEW_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private RollView refreshed() {
        if (view.revision() != core.revision()) {
            view = core.view();
        }
        return view;
    }

    /** Why the registry suspects itself; none if it doesn't. */
    List<String> doubts() {
        return doubts;
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

    /** The providers of a service. */
    List<Provider> providersOf(ServiceName service) {
        return view().entries().stream()
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
        var before = now();
        var wait = Math.max(0, Math.min(core.nextDueNanos() - before, TURN_NANOS_MAX));
        var first = inbox.poll(wait, TimeUnit.NANOSECONDS);
        var now = now();
        if (now - before - wait > PAUSE_NANOS) {
            LOG.atWarn().addKeyValue("millis", (now - before) / 1_000_000).log("the registry was not running");
            core.paused(now);
        }
        var done = 0;
        for (var input = first; input != null; input = ++done < INPUTS_A_TURN ? inbox.poll() : null) {
            input.run();
        }
        core.tick(now());
        revision = core.revision();
        doubts = core.doubts(now);
        for (var effect : core.effects()) {
            perform(effect);
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
        var request = new Outgoing.Request("GET", check.heartbeatUrl(), Outgoing.Tail.of(headers));
        checks.begin(() -> outgoing.send(
                request,
                settings.heartbeatLimit(),
                outcome -> submit(() -> {
                    checks.ended();
                    core.checked(check.instance(), check.attempt(), Verdict.of(outcome, check.instanceId()), now());
                })));
    }

    private void send(Effect.Send send) {
        var request = new Outgoing.Request("POST", send.updateUrl(), tailOf(send.letter()));
        sendings.begin(() -> outgoing.send(
                request,
                settings.patchLimit(),
                outcome -> submit(() -> {
                    sendings.ended();
                    core.sent(send.dependant(), send.attempt(), Verdict.delivery(outcome), now());
                })));
    }

    /** Of the same letter, which thousands may get one after the other, it is rendered once. */
    private Outgoing.Tail tailOf(Mailbox.Letter letter) {
        if (!letter.equals(lastLetter)) {
            lastTail = render(letter);
            lastLetter = letter;
        }
        return lastTail;
    }

    private Outgoing.Tail render(Mailbox.Letter letter) {
        var headers = revisionHeaders(letter.revision());
        headers.put("Content-Type", "application/json");
        headers.put(RegistryHeaders.PREVIOUS_REVISION, Long.toString(letter.previousRevision()));
        if (letter.snapshot()) {
            headers.put(RegistryHeaders.PATCH, RegistryHeaders.SNAPSHOT);
        }
        return Outgoing.Tail.of(headers, patchWriter.write(letter.patch()));
    }

    private Map<String, String> revisionHeaders(long revision) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(RegistryHeaders.EPOCH, core.epoch());
        headers.put(RegistryHeaders.REVISION, Long.toString(revision));
        return headers;
    }

    private void admit(Effect.Admit admit) {
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
